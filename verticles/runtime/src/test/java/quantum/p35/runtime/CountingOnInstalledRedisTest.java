package quantum.p35.runtime;

import org.junit.jupiter.api.extension.RegisterExtension;
import quantum.p35.embedded.Binary;
import quantum.p35.embedded.RedisServer;
import quantum.p35.testkit.TestRedis;

class CountingOnInstalledRedisTest extends CountingContract {

    @RegisterExtension
    static final TestRedis redis = new TestRedis(RedisServer.Options.DEFAULT.withBinary(Binary.PATH));

    @Override
    TestRedis redis() {
        return redis;
    }

    @Override
    boolean knowsLosses() {
        return !redis.version().startsWith("6.");
    }
}
