package quantum.p35.browser;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/** The page as somebody sees it. Selectors reach into components. */
final class Page {

    /** All elements that a selector finds, in shadow trees too, in the order of the document. */
    private static final String DEEP = """
            const found = [];
            const walk = root => {
              for (const each of root.querySelectorAll('*')) {
                if (each.matches(arguments[0])) found.push(each);
                if (each.shadowRoot) walk(each.shadowRoot);
              }
            };
            walk(document);
            """;

    private final ChromeDriver driver;
    private final String url;

    Page(ChromeDriver driver, String url) {
        this.driver = driver;
        this.url = url;
    }

    /** Opens it anew and waits for the first answer. @param query as {@code ?window=1m}, may be empty */
    Page open(String query) {
        // about:blank first: the same address but for its hash would not load anew
        driver.get("about:blank");
        driver.get(url + "/" + query);
        Await.that(() -> script("return window.p35FirstAnswer > 0"), this::text);
        return this;
    }

    @SuppressWarnings("unchecked")
    <T> T script(String body, Object... arguments) {
        return (T) driver.executeScript(body, arguments);
    }

    List<WebElement> all(String selector) {
        List<WebElement> found = script(DEEP + "return found;", selector);
        return Objects.requireNonNullElse(found, List.of());
    }

    /** Waits for the first that can be seen. */
    WebElement one(String selector) {
        WebElement[] found = new WebElement[1];
        Await.that(
                () -> {
                    found[0] = script(
                            DEEP
                                    + "return found.find(each => each.checkVisibility({visibilityProperty: true})) ?? null;",
                            selector);
                    return found[0] != null;
                },
                () -> "nothing visible fits " + selector + " in " + text());
        return found[0];
    }

    /** What it says, as it stands in the document, components included, without what is hidden. */
    String text(String selector) {
        return script(DEEP + """
                        const read = node => {
                          if (node.nodeType === Node.TEXT_NODE) return node.data;
                          if (node.nodeType === Node.ELEMENT_NODE
                              && (!node.checkVisibility() || ['STYLE', 'SCRIPT'].includes(node.tagName))) return '';
                          const inside = node.shadowRoot ?? node;
                          const nodes = node.tagName === 'SLOT' ? node.assignedNodes() : inside.childNodes;
                          const block = node.nodeType === Node.ELEMENT_NODE
                              && getComputedStyle(node).display !== 'inline';
                          return [...nodes].map(read).join('') + (block ? ' ' : '');
                        };
                        return found.map(read).join('\\n').replace(/\\s+/g, ' ').trim();""", selector);
    }

    String text() {
        return text("body");
    }

    void awaitText(String selector, String part) {
        Await.that(() -> text(selector).contains(part), () -> selector + " says: " + text(selector));
    }

    /** The value of an attribute of the first that fits; null when there is none. */
    String attribute(String selector, String name) {
        return script(DEEP + "return found.length ? found[0].getAttribute(arguments[1]) : null;", selector, name);
    }

    void awaitAttribute(String selector, String name, String value) {
        Await.that(
                () -> value.equals(attribute(selector, name)),
                () -> selector + " has " + name + "=" + attribute(selector, name) + "; the page says: " + text());
    }

    void click(String selector) {
        WebElement target = one(selector);
        script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", target);
        target.click();
    }

    /** Keys as typed by somebody, to whatever has the focus. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void type(String selector, String text) {
        WebElement field = one(selector);
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
    }

    /** The innermost element that has the focus. */
    String focused() {
        return script("""
                let at = document.activeElement;
                while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
                return at === null ? '' : at.outerHTML.slice(0, 200);""");
    }

    String address() {
        return driver.getCurrentUrl();
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
                    `${each.id}: ${each.help} (${each.nodes.map(node => node.target.join(' ')
                      + ' ' + (node.any[0]?.message ?? '')).join('; ')})`)),
                  error => done([String(error)]));""");
        return ((List<?>) answer).stream().map(String::valueOf).toList();
    }

    Map<String, Object> style(String selector) {
        return script(
                DEEP + "const s = getComputedStyle(found[0]); return {color: s.color, background: s.backgroundColor};",
                selector);
    }

    WebElement body() {
        return driver.findElement(By.tagName("body"));
    }
}
