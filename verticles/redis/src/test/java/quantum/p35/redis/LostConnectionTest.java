package quantum.p35.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quantum.p35.embedded.RedisServer;

class LostConnectionTest {

    private final RedisServer server = RedisServer.start();
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
        server.close();
    }

    @Test
    void aPipelineThatWasCutOffIsNotTakenForARefusal() {
        Request cut = Request.cmd(Command.CLIENT)
                .arg("KILL")
                .arg("TYPE")
                .arg("normal")
                .arg("SKIPME")
                .arg("no");
        Request never = Request.cmd(Command.PING);
        RedisLink link = RedisLink.open(vertx, RedisSettings.of(server.url()), "test");

        RedisFailure failure = assertThrows(RedisFailure.class, () -> link.tried()
                .compose(tried -> link.batch(List.of(cut, never, never)))
                .timeout(10, TimeUnit.SECONDS)
                .await());

        assertEquals(RedisFailure.Kind.CONNECTION_LOST, failure.kind());
        assertEquals(RedisSettings.of(server.url()) + " closed the connection", failure.getMessage());
    }

    @Test
    void aRefusalWithinAPipelineSaysTheFirstOnly() {
        Request wrong = Request.cmd(Command.LPUSH).arg("text").arg("x");
        RedisLink link = RedisLink.open(vertx, RedisSettings.of(server.url()), "test");

        RedisFailure failure = assertThrows(RedisFailure.class, () -> link.tried()
                .compose(tried ->
                        link.batch(List.of(Request.cmd(Command.SET).arg("text").arg("x"), wrong, wrong)))
                .timeout(10, TimeUnit.SECONDS)
                .await());

        assertEquals("WRONGTYPE", failure.code());
        assertEquals(1, failure.getMessage().lines().count());
    }
}
