package quantum.p35.browser;

import java.util.List;
import java.util.NoSuchElementException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/** The page as somebody sees it. Its components render into the page itself, so plain selectors find everything. */
final class Page {

    static final String STATE = "p35-answer .state";
    static final String CONNECTION = "#connection";

    private static final String ALL_IS_KNOWN = """
            const {state} = (await import('/app/store.js')).store;
            return ['health', 'gates', 'symbols', 'timeline', 'alerts', 'recent', 'silences'].every(each => state[each])
              && (!state.why.gate || Boolean(state.guides[state.why.gate] && state.entries[state.why.gate]));""";

    /** In two frames, one after the other. */
    private static final String STANDS_STILL = """
            const place = () => { const {x, y} = arguments[0].getBoundingClientRect(); return `${x} ${y}`; };
            const frame = () => new Promise(requestAnimationFrame);
            await frame();
            const before = place();
            await frame();
            return place() === before;""";

    private final ChromeDriver driver;
    private final String url;

    Page(ChromeDriver driver, String url) {
        this.driver = driver;
        this.url = url;
    }

    /** Opens it anew and waits for the first answer. @param query as {@code ?window=1m}, may be empty */
    Page open(String query) {
        load(query);
        Await.that(() -> script("return window.p35FirstAnswer > 0"), this::text);
        return this;
    }

    /** Waits for nothing. */
    void load(String query) {
        driver.get(url + "/" + query);
    }

    /** Signs out too: a browser shows its cookie to every port of a host. */
    void leave() {
        driver.manage().deleteAllCookies();
        driver.get("about:blank");
    }

    /** Opens it, and waits for the panels too, which come after the answer, and for what would still move them. */
    Page openWhole(String query) {
        open(query);
        Await.that(() -> script(ALL_IS_KNOWN), this::text);
        Await.that(
                () -> script("return !document.querySelector('body :not(:defined), main [aria-busy=true]')"),
                () -> "still missing: "
                        + script("return [...document.querySelectorAll('body :not(:defined), main [aria-busy=true]')]"
                                + ".map(each => each.parentElement.outerHTML.slice(0, 300))"));
        return this;
    }

    @SuppressWarnings("unchecked")
    <T> T script(String body, Object... arguments) {
        return (T) driver.executeScript(body, arguments);
    }

    /** Waits for the first that can be seen. */
    WebElement one(String selector) {
        Await.that(() -> visible(selector) != null, () -> "nothing visible fits " + selector + " in: " + text());
        WebElement found = visible(selector);
        if (found == null) {
            throw new NoSuchElementException(selector + " was there and went");
        }
        return found;
    }

    private WebElement visible(String selector) {
        return script(
                "return [...document.querySelectorAll(arguments[0])]"
                        + ".find(each => each.checkVisibility({visibilityProperty: true})) ?? null",
                selector);
    }

    boolean shows(String selector) {
        return visible(selector) != null;
    }

    /** What the fitting elements say, hidden text left out, each run of white space as one blank. */
    String text(String selector) {
        String text = script(
                "return [...document.querySelectorAll(arguments[0])].map(each => each.innerText).join('\\n')",
                selector);
        return text.replaceAll("[\\s\\u202f]+", " ").strip();
    }

    String text() {
        return text("body");
    }

    void awaitText(String selector, String part) {
        Await.that(() -> text(selector).contains(part), () -> selector + " says: " + text(selector));
    }

    /** The value of an attribute of the first that fits; null when there is none. */
    String attribute(String selector, String name) {
        return script(
                "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null", selector, name);
    }

    void awaitAttribute(String selector, String name, String value) {
        Await.that(
                () -> value.equals(attribute(selector, name)),
                () -> selector + " has " + name + "=" + attribute(selector, name) + "; the page says: " + text());
    }

    /** As a person does: when it stands still, and when the page is drawn anew just then, once more. */
    void click(String selector) {
        for (int attempt = 1; ; attempt++) {
            try {
                still(selector).click();
                return;
            } catch (StaleElementReferenceException e) {
                if (attempt == 3) {
                    throw e;
                }
            }
        }
    }

    private WebElement still(String selector) {
        WebElement target = one(selector);
        script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", target);
        int looks = 0;
        while (!this.<Boolean>script(STANDS_STILL, target) && looks++ < 100) {
            // each look takes two frames
        }
        return target;
    }

    /** With the pointer, along a horizontal line. @param from pixels from its middle */
    void drag(String selector, int from, int to) {
        WebElement target = still(selector);
        new Actions(driver)
                .moveToElement(target, from, 0)
                .clickAndHold()
                .moveToElement(target, to, 0)
                .release()
                .perform();
    }

    /** To whatever has the focus. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void pressWithShift(Keys key) {
        new Actions(driver).keyDown(Keys.SHIFT).sendKeys(key).keyUp(Keys.SHIFT).perform();
    }

    /** Instead of what the field holds. */
    void type(String selector, String text) {
        one(selector).sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
    }

    /** What stands in the document where the focus is. */
    String focused() {
        return script("return document.activeElement?.outerHTML.slice(0, 200) ?? ''");
    }

    String address() {
        return driver.getCurrentUrl();
    }

    String title() {
        return driver.getTitle();
    }

    /** By how many pixels it is wider than the window. */
    long overflow() {
        return script("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /** What axe-core finds wrong, a line each. */
    List<String> accessibilityProblems() throws Exception {
        script(Chromium.axe());
        Object answer = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations']}).then(
                  result => done(result.violations.map(each =>
                    `${each.id}: ${each.help}: ${each.nodes.map(node => node.target.join(' ')
                      + ' ' + (node.any[0]?.message ?? '')).join('; ')}`)),
                  error => done([String(error)]));""");
        return ((List<?>) answer).stream().map(String::valueOf).toList();
    }
}
