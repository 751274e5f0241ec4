package quantum.p35.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisSettingsTest {

    @ParameterizedTest(name = "{index}: {0}")
    @CsvSource({
        "redis://127.0.0.1:6379/0,                redis://127.0.0.1:6379/0",
        "redis://redis.example,                   redis://redis.example:6379/0",
        "redis://h:7/3,                           redis://h:7/3",
        "redis://:s3cret@h:7,                     redis://<hidden>@h:7/0",
        "redis://user:s3cret@h:7/2,               redis://<hidden>@h:7/2",
        "' redis://h:7 ',                         redis://h:7/0"
    })
    void aUrlIsUnderstoodAndPrintsWithoutItsSecret(String url, String shown) {
        assertEquals(shown, RedisSettings.of(url).toString());
    }

    @ParameterizedTest(name = "{index}: {0}")
    @CsvSource({
        "'',                                      it is empty",
        "localhost:6379,                          does not begin with redis://",
        "http://h:7,                              does not begin with redis://",
        "redis://,                                it is no URL",
        "redis://h:7/first,                       no database number",
        "redis://h:7/0?x=1,                       nothing may follow",
        "rediss://h:7,                            'rediss://' is not supported yet",
        "unix:///tmp/r.sock,                      'unix://' is not supported yet",
        "'redis://a:1,redis://b:2',               name one server",
        "'redis://user:s3cret word@h:7',          it is no URL",
        "redis://user:s3cret@h:seven,             names no host"
    })
    void aUrlThatCannotBeUsedSaysWhyAndNotThePassword(String url, String why) {
        String message = assertThrows(IllegalArgumentException.class, () -> RedisSettings.of(url))
                .getMessage();
        assertTrue(message.contains(why), message);
        assertTrue(message.contains("for example redis://127.0.0.1:6379/0"), message);
        assertFalse(message.contains("s3cret"), message);
    }
}
