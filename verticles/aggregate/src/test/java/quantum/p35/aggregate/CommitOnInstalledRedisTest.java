package quantum.p35.aggregate;

import org.junit.jupiter.api.extension.RegisterExtension;
import quantum.p35.embedded.Binary;
import quantum.p35.embedded.RedisServer;
import quantum.p35.testkit.TestRedis;

class CommitOnInstalledRedisTest extends CommitContract {

    @RegisterExtension
    static final TestRedis redis = new TestRedis(RedisServer.Options.DEFAULT.withBinary(Binary.PATH));

    @Override
    TestRedis redis() {
        return redis;
    }
}
