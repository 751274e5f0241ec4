package quantum.p35.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import quantum.p35.api.Keys;
import quantum.p35.embedded.RedisServer;
import quantum.p35.embedded.RespClient;

/**
 * What the page costs a browser that leaves it open: 1 000 symbols, 50 gates, 4 000 pairs of them a minute, an update every
 * second, on a screen so high that every panel is in sight.
 */
final class Page {

    private static final int SYMBOLS = 1_000;
    private static final int GATES = 50;
    private static final int ENTRIES_A_MINUTE = 5_000;
    private static final int MINUTES_BEFORE = 60;
    private static final Duration SETTLING = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private long written;

    private Page() {}

    /** @param args minutes to look (10), width (1920) and height (4000) of the screen */
    public static void main(String[] args) throws Exception {
        int minutes = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        int width = args.length > 1 ? Integer.parseInt(args[1]) : 1920;
        int height = args.length > 2 ? Integer.parseInt(args[2]) : 4000;
        try (RedisServer redis = RedisServer.start();
                RespClient client = redis.client(PATIENCE);
                Service service = Service.start(redis.url())) {
            Page page = new Page();
            page.fill(client);
            Thread writer = page.keepWriting(client);
            try (Browser browser = Browser.start(width, height)) {
                page.firstAnswers(browser, service);
                symbols(service, "5m");
                symbols(service, "1h");
                page.look(browser, service, minutes);
            } finally {
                writer.interrupt();
                writer.join();
            }
        }
    }

    /** An hour of the past, so that the tables are as long as they get. */
    private void fill(RespClient client) {
        Instant now = Instant.now();
        for (int minute = MINUTES_BEFORE; minute > 0; minute--) {
            for (int i = 0; i < ENTRIES_A_MINUTE; i++) {
                add(client, now.minusSeconds(60L * minute));
            }
        }
    }

    /** Evenly; a fifth is executed, which leaves the pairs. */
    private Thread keepWriting(RespClient client) {
        return Thread.startVirtualThread(() -> {
            long begun = System.nanoTime();
            long first = written;
            try {
                while (true) {
                    long due = first + (System.nanoTime() - begun) / 1_000_000L * ENTRIES_A_MINUTE / 60_000;
                    while (written < due) {
                        add(client, Instant.now());
                    }
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            } catch (InterruptedException e) {
                // the benchmark is over
            }
        });
    }

    /** Walks through the pairs: those of a minute are all different. */
    private void add(RespClient client, Instant at) {
        long pair = written++;
        boolean executed = pair % 5 == 0;
        client.call(
                "XADD",
                Keys.DEFAULT.stream(),
                "MAXLEN",
                "~",
                "20000",
                "*",
                "plan_id",
                String.format("%016x", pair),
                "symbol",
                String.format("S%03dUSDT", pair % SYMBOLS),
                "decision",
                executed ? "EXECUTE" : "BLOCKED",
                "executed",
                executed ? "True" : "False",
                "error",
                executed ? "" : "gate_" + letters(pair / SYMBOLS * 13 + pair % SYMBOLS),
                "timestamp",
                Long.toString(at.getEpochSecond()));
    }

    /** Digits in a code that nobody listed become one gate. */
    private static String letters(long number) {
        long gate = number % GATES;
        return "" + (char) ('a' + gate / 10) + (char) ('a' + gate % 10);
    }

    private void firstAnswers(Browser browser, Service service) throws Exception {
        List<Double> times = new ArrayList<>();
        long bytes = 0;
        browser.call("Page.enable", Map.of());
        browser.call("Network.enable", Map.of());
        browser.call("Network.setCacheDisabled", Map.of("cacheDisabled", true));
        browser.call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
                const look = () => document.querySelector('p35-answer .state[data-state]')
                  ? requestAnimationFrame(() => { window.p35FirstAnswer = performance.now(); })
                  : requestAnimationFrame(look);
                requestAnimationFrame(look);"""));
        for (int load = 0; load < 7; load++) {
            browser.go(service.url("/"));
            browser.await("window.p35FirstAnswer > 0");
            times.add(browser.value("window.p35FirstAnswer").asDouble());
            bytes = browser.value("""
                    performance.getEntriesByType('resource')
                      .filter(each => /\\.m?js$/.test(each.name) && each.responseStart < window.p35FirstAnswer)
                      .reduce((sum, each) => sum + each.transferSize, 0)""").asLong();
        }
        times.sort(null);
        System.out.printf(
                Locale.ROOT,
                "first answer: median %.0f ms, slowest %.0f ms of %d loadings without a cache; script before it %.1f KB%n",
                times.get(times.size() / 2),
                times.getLast(),
                times.size(),
                bytes / 1000.0);
    }

    /** The largest answer that the page asks for. */
    private static void symbols(Service service, String window) throws Exception {
        List<Double> times = new ArrayList<>();
        int bytes = 0;
        for (int call = 0; call < 20; call++) {
            long begun = System.nanoTime();
            bytes = service.get("/api/v1/symbols?gates=10&window=" + window).length();
            times.add((System.nanoTime() - begun) / 1e6);
        }
        times.sort(null);
        System.out.printf(
                Locale.ROOT,
                "GET /symbols of %s: median %.0f ms, %.0f KB before compression%n",
                window,
                times.get(times.size() / 2),
                bytes / 1000.0);
    }

    private void look(Browser browser, Service service, int minutes) throws Exception {
        browser.await("document.querySelector('p35-symbols')?.innerText.includes('USDT')");
        TimeUnit.SECONDS.sleep(SETTLING.toSeconds());
        double heap = browser.heapMiB();
        for (int minute = 1; minute <= minutes; minute++) {
            double cpu = browser.cpuSeconds();
            double serviceCpu = service.cpuSeconds();
            long begun = System.nanoTime();
            TimeUnit.MINUTES.sleep(1);
            double seconds = (System.nanoTime() - begun) / 1e9;
            double used = (browser.cpuSeconds() - cpu) / seconds;
            double usedByService = (service.cpuSeconds() - serviceCpu) / seconds;
            double now = browser.heapMiB();
            System.out.printf(
                    Locale.ROOT,
                    "minute %d: Chromium %.1f %% of a core, service %.1f %%, script heap %.1f MiB, %d elements%n",
                    minute,
                    100 * used,
                    100 * usedByService,
                    now,
                    browser.value("document.querySelectorAll('*').length").asInt());
        }
        System.out.printf(Locale.ROOT, "script heap: %.1f MiB at first, %.1f at last%n", heap, browser.heapMiB());
    }
}
