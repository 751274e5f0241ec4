package quantum.p35.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import quantum.p35.api.BusMessages;

/**
 * Pictures of the page for {@code docs/images}, of the demo as it is: a healthy moment before its first incident, and the
 * gate explosion that follows. Takes some six minutes.
 */
final class Screenshots {

    private static final Duration PATIENCE = Duration.ofMinutes(8);
    /** Until the minute is over in which the demo began: it holds less, and the timeline would end in a fall. */
    private static final Duration SETTLED = Duration.ofSeconds(60);
    /** Until the shares have grown and the alert was raised. */
    private static final Duration WELL_INTO_IT = Duration.ofSeconds(120);

    private Screenshots() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(System.getProperty("p35.root"), "docs", "images"));
        try (Service demo = Service.demo();
                Browser browser = Browser.start(1440, 1800)) {
            browser.call("Page.enable", Map.of());
            await(() -> state(demo).equals("TRADING"));
            TimeUnit.SECONDS.sleep(SETTLED.toSeconds());
            pictures(browser, demo, folder, "healthy");
            await(() -> state(demo).equals("BLOCKED"));
            TimeUnit.SECONDS.sleep(WELL_INTO_IT.toSeconds());
            pictures(browser, demo, folder, "explosion");
        }
    }

    private static String state(Service demo) throws Exception {
        return BusMessages.JSON.readTree(demo.get("/api/v1/why")).path("state").asText();
    }

    private static void await(Callable<Boolean> holds) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.call()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the demo did not come to it in " + PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    private static void pictures(Browser browser, Service demo, Path folder, String scene) throws Exception {
        browser.size(1440, 1800, 1);
        browser.prefers("light");
        picture(browser, demo, folder.resolve(scene + "-light.png"));
        browser.prefers("dark");
        picture(browser, demo, folder.resolve(scene + "-dark.png"));
        browser.size(390, 1500, 2);
        browser.prefers("light");
        picture(browser, demo, folder.resolve(scene + "-phone.png"));
    }

    private static void picture(Browser browser, Service demo, Path file) throws Exception {
        browser.go(demo.url("/"));
        browser.await("document.querySelector('p35-timeline canvas') !== null");
        browser.await("document.querySelector('#connection').dataset.state === 'live'");
        TimeUnit.SECONDS.sleep(2);
        Files.write(file, browser.picture());
        System.out.println(file);
    }
}
