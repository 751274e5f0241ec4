package quantum.p35.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import quantum.p35.api.State;

/** Every panel shows the service's own figures: what stands on the screen is compared with what the API answers. */
class PanelsTest {

    private static boolean prepared;

    @RegisterExtension
    static final Stage stage = new Stage();

    private final Traffic traffic = new Traffic(stage);
    private final Page page = stage.page();

    @BeforeEach
    void explosion() {
        if (!prepared) {
            traffic.only(State.BLOCKED);
            prepared = true;
        }
        page.openWhole("");
    }

    /** Windows move on while we look, so the answer is asked again until the page is level with it. */
    private void shows(Supplier<List<String>> expected, String selector) {
        List<String> missing = new ArrayList<>();
        Await.that(
                () -> {
                    String text = page.text(selector);
                    missing.clear();
                    expected.get().stream().filter(part -> !text.contains(part)).forEach(missing::add);
                    return missing.isEmpty();
                },
                () -> missing + " not in " + page.text(selector));
    }

    private static String percent(double share, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f %%", 100 * share);
    }

    private JsonNode get(String question) {
        return stage.service().get(question);
    }

    @Test
    void nowShowsTheDistributionAndTheSkipRate() {
        for (String outcome : List.of("EXECUTE", "SKIP", "BLOCKED", "ERROR", "UNKNOWN")) {
            shows(
                    () -> {
                        JsonNode why = get("why");
                        int count = why.path("decisions").path(outcome).asInt();
                        return List.of(
                                percent(
                                        (double) count
                                                / why.path("window")
                                                        .path("total")
                                                        .asInt(),
                                        1),
                                "" + count);
                    },
                    "p35-now [data-outcome=" + outcome + "]");
        }
        shows(() -> List.of(percent(get("why").path("skipRate").asDouble(), 1)), "p35-now [data-figure=skipRate]");
    }

    @Test
    void theTimelineIsDrawnAndReadAndAPeriodIsLookedAt() {
        page.one("p35-timeline canvas");
        page.script("document.querySelector('p35-timeline .plot').focus()");
        page.press(Keys.ARROW_LEFT);
        page.awaitText("p35-timeline .reading", "decisions, EXECUTE");
        page.pressWithShift(Keys.PAGE_UP);
        page.press(Keys.ENTER);
        Await.that(() -> page.address().contains("from=") && page.address().contains("to="), page::address);
        page.awaitText("p35-timeline", "back to now");
        page.click("p35-timeline .tool");
        Await.that(() -> !page.address().contains("from="), page::address);
    }

    @Test
    void theNewestStepIsOnTheTimelineAlthoughItGrows() {
        page.click("p35-timeline [data-span='48h']");
        page.awaitText("p35-timeline .reading", "Move over it to read 20 min");
        Await.that(
                () -> newestStep().contains("min so far): ") || newestStep().contains(" s so far): "),
                this::newestStep);
    }

    private String newestStep() {
        return page.attribute("p35-timeline .plot", "aria-valuetext").replace('\u202f', ' ');
    }

    @Test
    void theSumOfAPeriodNamesTheMinutesOfItsHeading() {
        page.click("p35-timeline [data-span='48h']");
        page.awaitText("p35-timeline .reading", "20 min");
        page.script("document.querySelector('p35-timeline .plot').focus()");
        page.press(Keys.HOME);
        page.pressWithShift(Keys.END);
        page.press(Keys.ENTER);
        Await.that(() -> page.script("""
                        const text = part => document.querySelector(`p35-timeline ${part}`)?.textContent ?? '';
                        const heading = text('h3').replace(' to ', '–').replace(' UTC', '');
                        return heading.includes('–') && text('.reading').startsWith(`${heading} (`);"""), () -> page.text("p35-timeline"));
        assertTrue(page.text("p35-timeline h3").matches("\\d+ \\w{3} .*"), () -> page.text("p35-timeline h3"));
    }

    @Test
    void aPeriodIsDrawnWithThePointer() {
        page.drag("p35-timeline .plot", -120, 80);
        Await.that(() -> page.address().contains("from="), page::address);
        page.awaitText("p35-timeline h3", " to ");
    }

    @Test
    void gatesShowCountShareAndPlans() {
        for (JsonNode first : get("gates").path("gates")) {
            String gate = first.path("gate").asText();
            shows(
                    () -> {
                        JsonNode row = gate(gate);
                        return List.of(
                                row.path("kind").asText(),
                                row.path("count").asText(),
                                row.path("plans").asText(),
                                percent(row.path("share").asDouble(), 1));
                    },
                    "p35-gates [data-gate='" + gate + "']");
        }
        assertTrue(page.shows("p35-gates [data-gate='" + Traffic.STALE + "'] .spark path"));
        page.awaitText("p35-gates [data-gate='" + Traffic.STALE + "'] .change", "+");
    }

    private JsonNode gate(String gate) {
        for (JsonNode row : get("gates").path("gates")) {
            if (row.path("gate").asText().equals(gate)) {
                return row;
            }
        }
        throw new AssertionError("no gate " + gate);
    }

    @Test
    void anOpenedGateShowsItsGuideAndItsNewestDecisions() {
        page.click("p35-gates [data-gate='" + Traffic.STALE + "'] button");
        JsonNode guide = get("guide/" + Traffic.STALE).path("gates").get(0);
        page.awaitText("p35-gate", guide.path("meaning").asText());
        // the page fills in plan and symbol
        page.awaitText("p35-gate", guide.path("diagnose").get(0).asText().replaceFirst("<.*", ""));
        page.awaitText("p35-gate", guide.path("actions").get(0).path("action").asText());
        JsonNode newest = get("decisions?gate=" + Traffic.STALE + "&limit=1")
                .path("decisions")
                .get(0);
        page.click("p35-gate .entries summary");
        page.awaitText("p35-gate .entries", newest.path("id").asText());
        page.awaitText(
                "p35-gate .entries", newest.path("fields").path("plan_id").asText());
    }

    @Test
    void symbolsShowDecisionsSkipRateAndTopGate() {
        for (JsonNode first : get("symbols").path("symbols")) {
            String symbol = first.path("symbol").asText();
            shows(
                    () -> {
                        JsonNode row =
                                get("symbols?symbol=" + symbol).path("symbols").get(0);
                        return List.of(
                                row.path("total").asText(),
                                percent(row.path("skipRate").asDouble(), 0),
                                row.path("topGate").path("gate").asText(),
                                percent(row.path("topGate").path("share").asDouble(), 0));
                    },
                    "p35-symbol-table [data-symbol='" + symbol + "']");
            shows(
                    () -> {
                        JsonNode row =
                                get("symbols?symbol=" + symbol).path("symbols").get(0);
                        return List.of(""
                                + Math.round(
                                        100 * row.path("topGate").path("share").asDouble()));
                    },
                    "p35-heat [data-symbol='" + symbol + "']");
        }
    }

    @Test
    void symbolsAreSortedByAClickOnTheHead() {
        page.click("p35-symbol-table .heads .symbol button");
        Await.that(() -> page.address().contains("sort=symbol"), page::address);
        List<String> order = page.script(
                "return [...document.querySelectorAll('p35-symbol-table [data-symbol]')].map(each => each.dataset.symbol)");
        assertEquals(order.stream().sorted().toList(), order);
        assertFalse(order.isEmpty());
    }

    @Test
    void aSortedTableBeginsWithItsFirstRow() {
        stage.chromium().size(1280, 150);
        String position = "return document.querySelector('p35-symbol-table .body').scrollTop";
        page.script("document.querySelector('p35-symbol-table .body').scrollTop = 40");
        assertTrue(page.<Number>script(position).intValue() > 0);
        page.script("document.querySelector('p35-symbol-table .heads .symbol button').click()");
        Await.that(() -> page.<Number>script(position).intValue() == 0, () -> page.script(position) + " px down");
    }

    @Test
    void neverIsSaidOnlyWhereItIsKnown() {
        String[] said = page.<String>script("""
                const {store} = await import('/app/store.js');
                const {symbols} = store.state;
                const [row] = symbols.symbols;
                const unkept = [['other', 0], ['A', 3], ['B', 0]].map(([symbol, EXECUTE]) =>
                  ({...row, symbol, decisions: {...row.decisions, EXECUTE}, lastExecute: null, stuckSince: null}));
                store.set({symbols: {...symbols, symbols: unkept}});
                await document.querySelector('p35-symbols').updateComplete;
                await document.querySelector('p35-symbol-table').updateComplete;
                return unkept.map(({symbol}) =>
                  document.querySelector(`p35-symbol-table [data-symbol=${symbol}] .execute`).textContent).join();""").split(",");
        assertEquals(List.of("not known", "not known", "never"), List.of(said));
    }

    @Test
    void healthShowsEveryComponentAndTheFiguresOfIngest() {
        shows(() -> List.of(get("health").path("sentence").asText()), "p35-health .health-sentence");
        for (JsonNode component : get("health").path("components")) {
            String name = component.path("component").asText();
            Await.that(() -> page.shows("p35-health [data-component='" + name + "']"), () -> page.text("p35-health"));
        }
        for (String figure : List.of("processed", "pending", "lag")) {
            shows(
                    () -> List.of(
                            grouped(get("health").path("ingest").path(figure).asText())),
                    "p35-health [data-figure=" + figure + "]");
        }
        assertEquals(
                get("health").path("process").path("version").asText(), page.text("p35-health [data-figure=version]"));
    }

    private static String grouped(String number) {
        return number.replaceAll("\\B(?=(\\d{3})+$)", " ");
    }

    @Test
    void everyTableIsThereAsCsv() {
        List<String> links = page.script(
                "return [...document.querySelectorAll('a[download]')].map(each => each.getAttribute('href'))");
        assertTrue(links.size() >= 4, links::toString);
        for (String link : links) {
            String csv = page.script("return await (await fetch(arguments[0])).text()", link);
            assertTrue(csv.lines().findFirst().orElse("").contains(","), () -> link + ": " + csv);
        }
    }
}
