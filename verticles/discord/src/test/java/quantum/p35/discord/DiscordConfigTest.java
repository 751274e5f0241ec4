package quantum.p35.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.Secret;
import quantum.p35.api.Severity;

class DiscordConfigTest {

    private static DiscordTarget target(String name, String url, String role) {
        return new DiscordTarget(name, new Secret(url), Severity.HIGH, List.of(), role, "");
    }

    @ParameterizedTest(name = "{index}: {0}")
    @CsvSource({
        "https://discord.com/api/webhooks/12/t0ken_-,         /api/v10/webhooks/12/t0ken_-?wait=true",
        "https://discord.com/api/v9/webhooks/12/t0ken,        /api/v9/webhooks/12/t0ken?wait=true",
        "https://discord.com/api/webhooks/12/t/?thread_id=34, /api/v10/webhooks/12/t?wait=true&thread_id=34",
        "http://127.0.0.1:8080/any/path,                      /any/path?wait=true",
        "'http://localhost/hook ',                            /hook?wait=true",
        "http://[::1]:1/hook,                                 /hook?wait=true"
    })
    void takesTheAddressOfAWebhook(String url, String uri) {
        assertEquals(uri, WebhookUrl.of("ops", new Secret(url)).uri("", "wait=true"));
    }

    @ParameterizedTest(name = "{index}: {0}")
    @CsvSource({
        "'',                                                  is missing",
        "s3cret word,                                         is no URL",
        "discord.com/api/webhooks/1/s3cret,                   is no address",
        "http://discord.com/api/webhooks/1/s3cret,            does not begin with https://",
        "http://127.0.0.1.example/api/webhooks/1/s3cret,      does not begin with https://",
        "ftp://localhost/s3cret,                              does not begin with https://",
        "https://discord.com/channels/1/s3cret,               has not the path",
        "https://user@discord.com/api/webhooks/1/s3cret,      is no address",
        "https://discord.com/api/webhooks/1/s3cret?wait=true, has a query"
    })
    void anAddressThatCannotBeUsedSaysWhyAndNotTheSecret(String url, String why) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> target("ops", url, null));
        assertTrue(refused.getMessage().contains("'ops' " + why), refused.getMessage());
        assertFalse(refused.toString().contains("s3cret"), refused.getMessage());
        assertEquals(null, refused.getCause());
    }

    @Test
    void neitherTargetNorAddressPrintsTheSecret() {
        String url = "https://discord.com/api/webhooks/1/s3cret";
        assertFalse(target("ops", url, null).toString().contains("s3cret"));
        assertFalse(WebhookUrl.of("ops", new Secret(url)).toString().contains("s3cret"));
    }

    @ParameterizedTest(name = "{index}: {0}")
    @CsvSource({
        "instances,  -1, http://h,         discord.instances is -1",
        "page,        1, ftp://h,          discord.page is 'ftp://h'",
        "page,        1, p35.example,      discord.page is 'p35.example'",
        "page,        1, http://h/?a=b,    discord.page is 'http://h/?a=b'"
    })
    void aRuleThatIsBrokenIsNamed(String key, int instances, String page, String message) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new DiscordConfig(instances, page, List.of()));
        assertTrue(refused.getMessage().startsWith(message), refused.getMessage());
    }

    @Test
    void aTargetHasANameOfItsOwnAndARoleById() {
        DiscordTarget ops = target("ops", "http://localhost/a", "123456789012345678");
        assertThrows(IllegalArgumentException.class, () -> new DiscordConfig(1, "http://h", List.of(ops, ops)));
        assertThrows(IllegalArgumentException.class, () -> target("Ops!", "http://localhost/a", null));
        assertThrows(IllegalArgumentException.class, () -> target("ops", "http://localhost/a", "@admins"));
    }

    @Test
    void thePageIsTakenWithoutASlashAtItsEnd() {
        assertEquals("https://h/p35", new DiscordConfig(1, "https://h/p35/", List.of()).page());
    }
}
