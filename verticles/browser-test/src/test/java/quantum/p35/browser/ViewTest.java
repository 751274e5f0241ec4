package quantum.p35.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.State;

class ViewTest {

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
    }

    @Test
    void aLinkShowsTheSameToTheNextPerson() {
        page.openWhole("");
        page.click("p35-bar [data-window='15m']");
        page.type("#filter", "ETH");
        page.click("p35-gates [aria-expanded=false]");
        Await.that(() -> page.address().contains("gate="), page::address);
        String link = page.address();
        String opened = page.attribute("p35-gates [data-open]", "data-gate");

        page.openWhole(link.substring(stage.service().url().length() + 1));
        assertEquals("true", page.attribute("p35-bar [data-window='15m']", "aria-pressed"));
        assertEquals("ETH", page.<String>script("return document.getElementById('filter').value"));
        assertEquals(opened, page.attribute("p35-gates [data-open]", "data-gate"));
        page.awaitText("p35-symbols", "ETHUSDT");
        assertFalse(page.shows("p35-symbols [data-symbol='BTCUSDT']"));
    }

    @Test
    void aLinkToAFamilyShowsWhatItsGatesHaveTogether() {
        page.openWhole("?gate=p33_permit_denied%3A%2A");
        String row = "p35-gates [data-gate='p33_permit_denied:*']";
        String gate = "p35-gates [data-gate='" + Traffic.STALE + "']";
        page.awaitText(gate + " .share", "%");
        Await.that(() -> page.text(row + " .share").equals(page.text(gate + " .share")), () -> page.text("p35-gates"));
        Await.that(() -> page.shows("p35-gate .entries li"), () -> page.text("p35-gate"));
    }

    @Test
    void aPeriodIsShownByTheHourWhenItsMinutesAreGone() {
        Instant now = Instant.now();
        page.openWhole("?from=" + now.minus(Duration.ofHours(49)) + "&to=" + now);
        page.one("p35-timeline canvas");
        assertEquals("1h", page.script("return (await import('/app/store.js')).store.state.timeline.step"));
    }

    @ParameterizedTest
    @CsvSource({"2001-01-01, 2001-01-02", "2999-01-01, 2999-01-02"})
    void thereIsAWayBackFromAPeriodThatCannotBeShown(String from, String to) {
        stage.allowRefusals();
        page.open("?from=" + from + "&to=" + to);
        page.awaitText("p35-timeline", "This could not be read: ");
        assertFalse(page.text("p35-timeline").contains("Trying again"), () -> page.text("p35-timeline"));
        page.click("p35-timeline .tool");
        page.one("p35-timeline canvas");
        page.awaitText("p35-timeline h3", "The last 3 hours");
        assertFalse(page.address().contains("from="), page::address);
    }

    @ParameterizedTest
    @CsvSource({"320, 800", "360, 800", "1280, 900", "2560, 1440"})
    void nothingIsWiderThanTheWindow(int width, int height) {
        stage.chromium().size(width, height);
        page.openWhole("?gate=" + Traffic.STALE);
        Await.that(
                () -> page.overflow() <= 0, () -> width + " px overflows by " + page.overflow() + " px: " + widest());
    }

    private List<String> widest() {
        return page.script("return [...document.querySelectorAll('body *')]"
                + ".filter(each => each.getBoundingClientRect().right > innerWidth + 1)"
                + ".slice(0, 5).map(each => each.outerHTML.slice(0, 150))");
    }

    @Test
    void theSystemChoosesLightOrDarkAndASwitchOutweighsIt() {
        page.open("");
        String light = background();
        stage.chromium().prefers("dark");
        Await.that(() -> !background().equals(light), this::background);
        String dark = background();
        page.click("p35-bar .theme");
        Await.that(() -> background().equals(light), this::background);
        page.open("");
        assertEquals(light, background(), "the choice is kept");
        page.click("p35-bar .theme");
        page.click("p35-bar .theme");
        Await.that(() -> background().equals(dark), this::background);
        assertNotEquals(light, dark);
    }

    private String background() {
        return page.script("return getComputedStyle(document.body).backgroundColor"
                + " + getComputedStyle(document.documentElement).backgroundColor");
    }

    /** Of what stands beside or under each other, two may touch and not overlap. */
    @ParameterizedTest
    @CsvSource({"820, 900", "1024, 900"})
    void theHeadsOfTheGatesDoNotOverlap(int width, int height) {
        stage.chromium().size(width, height);
        page.openWhole("");
        List<String> overlaps = page.script("""
                const walk = document.createTreeWalker(document.querySelector('.gates-head'), NodeFilter.SHOW_TEXT);
                const words = [];
                while (walk.nextNode()) {
                  const {data, parentElement} = walk.currentNode;
                  if (!data.trim() || parentElement.closest('.unseen') || !parentElement.checkVisibility()) continue;
                  const range = document.createRange();
                  range.selectNodeContents(walk.currentNode);
                  words.push({word: data.trim(), ...range.getBoundingClientRect().toJSON()});
                }
                return words.flatMap((one, i) => words.slice(i + 1)
                  .filter(other => one.left < other.right && other.left < one.right)
                  .map(other => `${one.word} ${other.word}`));""");
        assertEquals(List.of(), overlaps);
    }

    @Test
    void aWallScreenIsFilled() {
        stage.chromium().size(3840, 2160);
        page.openWhole("");
        Number width = page.script("return document.querySelector('main').getBoundingClientRect().width");
        assertTrue(width.doubleValue() > 0.9 * 3840, () -> width + " of 3840 px");
    }

    @ParameterizedTest
    @CsvSource({"light, 1280", "dark, 1280", "light, 360", "dark, 360"})
    void axeFindsNothingWrong(String scheme, int width) throws Exception {
        stage.chromium().prefers(scheme);
        stage.chromium().size(width, 900);
        page.openWhole("?gate=" + Traffic.STALE);
        page.awaitText("p35-gates", "redis-cli");
        assertEquals(List.of(), page.accessibilityProblems());
        page.click("p35-gate p35-silence button");
        page.one("p35-gate form");
        page.click("p35-explain form button");
        page.one("p35-explain .explanations");
        assertEquals(List.of(), page.accessibilityProblems(), "with a form and an explanation");
    }
}
