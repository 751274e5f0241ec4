package quantum.p35.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.redis.client.RedisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisSettingsTest {

    private static final String STREAM = "quantum:stream:apply.result";

    @ParameterizedTest(name = "{index}: {0}")
    @CsvSource({
        "redis://127.0.0.1:6379/0,                redis://127.0.0.1:6379/0",
        "redis://redis.example,                   redis://redis.example:6379/0",
        "redis://h/,                              redis://h:6379/0",
        "redis://h:7/3,                           redis://h:7/3",
        "redis://[::1]:7,                         redis://[::1]:7/0",
        "redis://:s3cret@h:7,                     redis://<hidden>@h:7/0",
        "redis://user:s3cret@h:7/2,               redis://<hidden>@h:7/2",
        "' redis://h:7 ',                         redis://h:7/0",
        "rediss://:s3cret@h:7/1,                  rediss://<hidden>@h:7/1",
        "unix:///run/redis.sock,                  unix:///run/redis.sock?db=0",
        "unix://u:s3cret@/run/r.sock?db=4,        unix://<hidden>@/run/r.sock?db=4",
        "'redis://a:1,b,c:3',                     'redis://a:1,b:6379,c:3/0'",
        "'redis://:s3cret@a:1,redis://b:2/0',     'redis://<hidden>@a:1,b:2/0'",
        "'rediss://a:1,rediss://b:2',             'rediss://a:1,b:2/0'",
        "'redis://:s3cret@a,b:2/3?sentinel=main', 'redis://<hidden>@a:26379,b:2/3?sentinel=main'",
        "redis://a:1?sentinel=main,               redis://a:1/0?sentinel=main"
    })
    void aUrlIsUnderstoodAndPrintsWithoutItsSecret(String url, String shown) {
        assertEquals(shown, RedisSettings.of(url).toString());
    }

    @ParameterizedTest(name = "{index}: {0}")
    @CsvSource({
        "'',                                      it is empty",
        "localhost:6379,                          does not begin with redis://",
        "http://h:7,                              does not begin with redis://",
        "redis://,                                it names no host",
        "'redis://a:1,',                          it names no host",
        "redis://h:7/first,                       the database is not its number",
        "redis://h:7/0?x=1,                       a parameter that redis:// does not take",
        "redis://h:7?sentinel,                    name=value",
        "redis://h:7?sentinel=a&sentinel=b,       name=value",
        "redis://h:0,                             a port is 1 to 65535",
        "redis://redis_1:6379,                    has a '_' in its name",
        "redis://h:65536,                         a port is 1 to 65535",
        "redis://user@h:7,                        holds no password",
        "redis://user:@h:7,                       holds no password",
        "redis://h:7?ca=/s3cret.pem,              for rediss://",
        "rediss://h:7?ca=/no/such.pem,            /no/such.pem",
        "'redis://a:1,b:2/1',                     has the database 0 only",
        "'redis://a:1/0,b:2',                     follows the last one",
        "'redis://a:1,rediss://b:2',              with the same scheme",
        "unix://run/redis.sock,                   three slashes",
        "unix:///,                                names no socket",
        "unix:///r.sock?sentinel=a,               a parameter that unix:// does not take",
        "'redis://user:s3cret word@h:7',          %20",
        "redis://user:s3cret#@h:7,                %23",
        "redis://user:s3%cret@h:7,                %25",
        "redis://user:123?s3cret@h:7,             %3F",
        "'redis://user:s3cret,s3cret@h:7',        a server is host",
        "'redis://user:12,s3cret@h:7',            %2C",
        "redis://user:s3cret/,                    a server is host",
        "redis://user:s3cret@h:seven,             a server is host"
    })
    void aUrlThatCannotBeUsedSaysWhyAndNotThePassword(String url, String why) {
        String message = assertThrows(IllegalArgumentException.class, () -> RedisSettings.of(url))
                .getMessage();
        assertTrue(message.contains(why), message);
        assertTrue(message.contains("for example redis://127.0.0.1:6379/0"), message);
        assertFalse(message.contains("s3cret"), message);
    }

    @Test
    void aPasswordIsTakenLiterallyButForItsPercentSigns() {
        RedisOptions options = RedisSettings.of("redis://us%20er:a+b%40%2C@h:7").options("test", new Node("h", 7));
        assertEquals("us er", options.getUser());
        assertEquals("a+b@,", options.getPassword());
    }

    @Test
    void aFileOfAnotherKindIsNoCertificateOfAnAuthority(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "no certificate");
        String message = assertThrows(IllegalArgumentException.class, () -> RedisSettings.of("rediss://h:7?ca=" + file))
                .getMessage();
        assertTrue(message.contains(file + ", is not one of PEM certificates"), message);
    }

    @Test
    void settingsDifferWhenTheirSecretOrTheirKeyDoes() {
        RedisSettings one = RedisSettings.of("redis://:a@h");
        assertEquals(one, RedisSettings.of("redis://:a@h:6379"));
        assertNotEquals(one, RedisSettings.of("redis://:b@h"));
        assertNotEquals(one.holding("x"), one.holding("y"));
        assertNotEquals(one, one.waiting(Duration.ofSeconds(10)));
    }

    @ParameterizedTest(name = "{index}: {0} and {1}")
    @CsvSource({
        "quantum:p35,        quantum:stream:apply.result, quantum:p35:{quantum:stream:apply.result}",
        "quantum:p35,        quantum:{apply}.result,      quantum:p35:{apply}",
        "'{apply}:p35',      quantum:{apply}.result,      '{apply}:p35'",
        "'quantum:{apply}',  apply,                       'quantum:{apply}'"
    })
    void onAClusterThePrefixGetsTheTagOfTheStream(String prefix, String stream, String tagged) {
        RedisSettings cluster = RedisSettings.of("redis://a,b").holding(stream);
        assertEquals(tagged, cluster.beside(prefix));
        assertEquals(cluster.slot(), HashSlot.of(cluster.beside(prefix) + ":bucket:202602011405"));
        assertEquals(prefix, RedisSettings.of("redis://a").holding(stream).beside(prefix));
        assertEquals(
                prefix,
                RedisSettings.of("redis://a,b?sentinel=m").holding(stream).beside(prefix));
    }

    @Test
    void bracesThatForbidOneSlotAreRefused() {
        RedisSettings cluster = RedisSettings.of("redis://a,b").holding(STREAM);
        String message = assertThrows(IllegalArgumentException.class, () -> cluster.beside("{other}:p35"))
                .getMessage();
        assertTrue(message.contains("{other}:p35") && message.contains(STREAM), message);
    }

    /** As {@code redis-cli CLUSTER KEYSLOT} says. */
    @ParameterizedTest
    @CsvSource({
        "quantum:stream:apply.result, 2185",
        "123456789,                   12739",
        "'',                          0",
        "user{},                      7599",
        "{user1000}.following,        3443",
        "foo{{bar}}zap,               4015",
        "foo{bar}{zap},               5061",
        "币安,                        15031"
    })
    void aKeyLiesInTheSlotThatRedisSays(String key, int slot) {
        assertEquals(slot, HashSlot.of(key));
    }
}
