package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program at the bridge: what it is told, in order. */
final class Program {

    static final String RAW = "/eventbus/websocket";

    private static final int LARGEST = 100_000_000;

    final WebSocket socket;
    final List<String> told = new CopyOnWriteArrayList<>();
    volatile boolean closed;

    /** Held on to, since Vert.x closes the sockets of a client that nobody refers to. */
    private final WebSocketClient client;

    private final boolean sockJs;

    private Program(WebSocketClient client, WebSocket socket, boolean sockJs) {
        this.client = client;
        this.socket = socket;
        this.sockJs = sockJs;
        socket.textMessageHandler(this::hear);
        socket.closeHandler(gone -> closed = true);
    }

    static Program at(Service service, String... headers) {
        return at(service.vertx, service.port, RAW, headers);
    }

    /** Speaks the frames of SockJS. */
    static Program withSockJs(Service service) {
        return at(service.vertx, service.port, "/eventbus/000/" + UUID.randomUUID() + "/websocket");
    }

    static Program at(Vertx vertx, int port, String path, String... headers) {
        WebSocketClient client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(LARGEST).setMaxMessageSize(LARGEST));
        return Service.await(client.connect(options(port, path, headers))
                .map(socket -> new Program(client, socket, !path.equals(RAW))));
    }

    /** With which status the door stays shut. */
    static int shut(Service service, String... headers) throws Exception {
        WebSocketClient client = service.vertx.createWebSocketClient();
        try {
            client.connect(options(service.port, RAW, headers))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return ((UpgradeRejectedException) e.getCause()).getStatus();
        } finally {
            client.close();
        }
        throw new AssertionError("the door is open");
    }

    private static WebSocketConnectOptions options(int port, String path, String... headers) {
        WebSocketConnectOptions options =
                new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(path);
        for (int i = 0; i < headers.length; i += 2) {
            options.putHeader(headers[i], headers[i + 1]);
        }
        return options;
    }

    private void hear(String text) {
        if (!sockJs) {
            told.add(text);
        } else if (text.startsWith("a")) {
            new JsonArray(text.substring(1)).forEach(frame -> told.add(frame.toString()));
        } else {
            assertTrue(text.equals("o") || text.equals("h") || text.startsWith("c["), text);
        }
    }

    void say(String frame) {
        Service.await(
                socket.writeTextMessage(sockJs ? new JsonArray().add(frame).encode() : frame));
    }

    void register(String address) {
        say(new JsonObject().put("type", "register").put("address", address).encode());
    }

    /** Waits for the answer, or for the failure. */
    JsonObject ask(String address, JsonObject body) throws InterruptedException {
        String reply = UUID.randomUUID().toString();
        say(new JsonObject()
                .put("type", "send")
                .put("address", address)
                .put("replyAddress", reply)
                .put("body", body)
                .encode());
        until(() -> !at(reply).isEmpty(), "an answer of " + address + "; told: " + told);
        return at(reply).getFirst();
    }

    List<JsonObject> at(String address) {
        return told.stream()
                .map(JsonObject::new)
                .filter(frame -> address.equals(frame.getString("address")))
                .toList();
    }

    static void until(BooleanSupplier condition, String what) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within 20 s: " + what);
            Thread.sleep(5);
        }
    }
}
