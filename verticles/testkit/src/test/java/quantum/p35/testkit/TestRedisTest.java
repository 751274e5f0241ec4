package quantum.p35.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import quantum.p35.embedded.RespClient;

class TestRedisTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @Test
    void readsEveryKindOfAnswer() {
        assertEquals("OK", redis.cli("SET", "text", "币安人生"));
        assertEquals("币安人生", redis.cli("GET", "text"));
        assertNull(redis.cli("GET", "nothing"));
        assertEquals(2L, redis.cli("RPUSH", "list", "a", "b"));
        assertEquals(List.of("a", "b"), redis.cli("LRANGE", "list", "0", "-1"));
        assertInstanceOf(String.class, redis.cli("XADD", "stream", "*", "a", "b"));
        assertThrows(RespClient.RedisError.class, () -> redis.cli("INCR", "text"));
    }

    @Test
    void leavesNextTestAHealthyServer() {
        redis.freeze();
        redis.beforeEach(null);
        redis.cli("SET", "k", "v");
        redis.kill();
        redis.beforeEach(null);
        assertEquals(0L, redis.cli("DBSIZE"));
    }
}
