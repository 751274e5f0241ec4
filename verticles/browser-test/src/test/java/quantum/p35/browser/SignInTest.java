package quantum.p35.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import quantum.p35.embedded.RedisServer;

class SignInTest {

    @RegisterExtension
    static final Stage stage = new Stage();

    @TempDir
    private Path folder;

    @Test
    void theTokenIsTradedForASession() throws Exception {
        stage.allowRefusals();
        try (RedisServer redis = RedisServer.start();
                ServiceProcess guarded =
                        new ServiceProcess(folder, redis.url(), Map.of("P35_API_TOKEN", "correct-horse"))) {
            stage.allowHost(guarded.url());
            Page page = new Page(stage.chromium().driver(), guarded.url());
            page.load("");
            awaitForm(page);
            assertEquals(List.of(), page.accessibilityProblems());
            page.type("#token", "wrong" + Keys.ENTER);
            page.awaitText("#token-trouble", "This is not its token.");
            page.type("#token", "correct-horse" + Keys.ENTER);
            page.awaitAttribute(Page.STATE, "data-state", "NO_DATA");
            assertFalse(page.shows("p35-sign-in"));

            page.openWhole("");
            page.awaitAttribute(Page.STATE, "data-state", "NO_DATA");

            // as after seven days
            stage.chromium().driver().manage().deleteAllCookies();
            page.press("h");
            awaitForm(page);
            page.press("correct-horse" + Keys.ENTER);
            Await.that(() -> !page.shows("p35-sign-in"), page::text);
            page.awaitAttribute(Page.CONNECTION, "data-state", "live");
            assertTrue(page.address().contains("window=1h"), "the token is no row of keys: " + page.address());
            // or the page would go on asking a service that is no more
            page.leave();
        }
    }

    private static void awaitForm(Page page) {
        Await.that(() -> page.focused().contains("id=\"token\""), page::focused);
    }
}
