package quantum.p35.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.embedded.Binary;
import quantum.p35.embedded.RedisServer;

/** TLS and Unix sockets, against one server that has both. */
class TransportTest {

    @TempDir
    static Path folder;

    private static final Vertx vertx = Vertx.vertx();
    private static RedisServer server;
    private static int tlsPort;
    private static Path socket;
    private static Path ca;

    @BeforeAll
    static void start() throws Exception {
        OwnCertificate own = OwnCertificate.in(folder);
        ca = own.certificate();
        socket = folder.resolve("a redis.sock");
        tlsPort = RedisServer.freePort();
        server = RedisServer.start(RedisServer.Options.DEFAULT
                .withBinary(Binary.PATH) // the one of the jar has no TLS
                .withPassword("s3cret")
                .withConfig(
                        "unixsocket \"" + socket + "\"",
                        "tls-port " + tlsPort,
                        "tls-auth-clients no",
                        "tls-cert-file " + own.certificate(),
                        "tls-key-file " + own.key()));
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
        server.close();
    }

    @Test
    void aServerWhoseAuthorityIsNamedIsSpokenToByTls() {
        RedisLink link = open("rediss://:s3cret@localhost:" + tlsPort + "/2?ca=" + ca);
        assertNull(link.trouble());
        assertTrue(clientLine(link).contains("name=test"), clientLine(link));
        assertTrue(clientLine(link).contains("db=2"), clientLine(link));
    }

    @ParameterizedTest(name = "{index}: {0}")
    @CsvSource({
        // what Java trusts does not include it
        "rediss://:s3cret@localhost:TLS,           name that one's file: ?ca=/path/ca.pem",
        "rediss://:s3cret@127.0.0.1:TLS?ca=CA,     Its certificate must name the host",
        "rediss://:s3cret@localhost:PLAIN?ca=CA,   if it speaks no TLS there",
        "redis://:s3cret@localhost:TLS,            if it speaks TLS there",
        "rediss://:wr0ng@localhost:TLS?ca=CA,      check user and password in the Redis URL",
        "unix://FOLDER/no.sock,                    cannot be reached: No such file or directory"
    })
    void whatCannotBeTrustedOrReachedSaysWhatToDo(String url, String why) {
        RedisLink link = open(url.replace("TLS", Integer.toString(tlsPort))
                .replace("PLAIN", Integer.toString(server.port()))
                .replace("CA", ca.toString())
                .replace("FOLDER", folder.toString()));
        assertFalse(link.connected());
        assertTrue(link.trouble().contains(why), link::trouble);
        assertFalse(link.trouble().contains("s3cret") || link.trouble().contains("wr0ng"), link::trouble);
        link.close();
    }

    @Test
    void aSocketIsAWayToo() {
        RedisLink link = open("unix://:s3cret@" + socket.toString().replace(" ", "%20") + "?db=3");
        assertNull(link.trouble());
        assertTrue(clientLine(link).contains("addr=" + socket + ":0"), clientLine(link));
        assertTrue(clientLine(link).contains("db=3"), clientLine(link));
    }

    @Test
    void aSocketThatWasAwayIsFoundAgain() {
        RedisLink link = open("unix://:s3cret@" + socket.toString().replace(" ", "%20"));
        server.kill();
        Eventually.is("the loss is told", () -> link.trouble() != null);
        server.restart();
        Eventually.is("it is connected again", link::connected);
        assertEquals("PONG", link.send(Request.cmd(Command.PING)).await().toString());
    }

    private static String clientLine(RedisLink link) {
        // not LIST: links of other tests are connected too
        return link.send(Request.cmd(Command.CLIENT).arg("INFO")).await().toString();
    }

    private static RedisLink open(String url) {
        RedisLink link = RedisLink.open(vertx, RedisSettings.of(url), "test");
        link.tried().timeout(10, TimeUnit.SECONDS).await();
        return link;
    }
}
