package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quantum.p35.api.Addresses;
import quantum.p35.api.AlertChange;
import quantum.p35.api.Alerts;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.State;
import quantum.p35.api.Why;
import quantum.p35.api.WindowsUpdated;

class LiveEventsTest {

    private final Service service = Service.alone();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<Stream> streams = new ArrayList<>();
    private volatile String padding = "";

    @AfterEach
    void stop() {
        // a client that is paused in the middle of an answer would hold up the end of its own Vert.x
        streams.forEach(stream -> stream.response.request().connection().close());
        service.close();
    }

    /** Each answer carries its number as the skip rate. */
    private void insight() {
        service.<Why.Question>answer(Addresses.INSIGHT_WHY, question -> {
            Why.Answer why = Samples.why(question.window());
            return new Why.Answer(
                    why.state(),
                    padding,
                    why.asOf(),
                    null,
                    null,
                    why.window(),
                    why.decisions(),
                    asked.incrementAndGet(),
                    why.gates(),
                    0,
                    null,
                    List.of(),
                    List.of());
        });
    }

    private void windowsChange() {
        service.vertx
                .eventBus()
                .publish(
                        Addresses.WINDOWS_UPDATED,
                        new WindowsUpdated(Instant.now(), State.BLOCKED, List.of(), null, Duration.ZERO));
    }

    /** Reads the stream on the client's event loop; {@code text} grows. */
    private final class Stream {

        private final StringBuffer text = new StringBuffer();

        /** Held on to, since Vert.x closes the connections of a client that nobody refers to. */
        private final HttpClient client = service.vertx.createHttpClient();

        private final HttpClientResponse response;
        private volatile boolean ended;

        Stream(String query) {
            response = Service.await(client.request(HttpMethod.GET, service.port, "127.0.0.1", "/api/v1/events" + query)
                    .compose(HttpClientRequest::send)
                    .map(answer -> {
                        answer.handler(chunk -> text.append(chunk.toString()));
                        answer.endHandler(end -> ended = true);
                        return answer;
                    }));
            streams.add(this);
        }

        List<JsonObject> changes() {
            List<JsonObject> changes = new ArrayList<>();
            data("alert").forEach(alert -> alert.getJsonArray("changes")
                    .forEach(change -> changes.add((JsonObject) change)));
            return changes;
        }

        List<JsonObject> data(String event) {
            List<JsonObject> data = new ArrayList<>();
            String[] frames = text.toString().split("\n\n", -1);
            for (int i = 0; i < frames.length - 1; i++) {
                String begin = "event: " + event + "\ndata: ";
                if (frames[i].startsWith(begin)) {
                    data.add(new JsonObject(frames[i].substring(begin.length())));
                }
            }
            return data;
        }
    }

    private double watchers() {
        return service.metrics.get("p35.dashboard.watchers").gauge().value();
    }

    private static void until(BooleanSupplier condition, String what) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within 20 s: " + what);
            Thread.sleep(5);
        }
    }

    @Test
    void aSnapshotComesFirstThenEveryChange() throws Exception {
        insight();
        Stream stream = new Stream("?window=15m");
        assertEquals("text/event-stream", stream.response.getHeader("Content-Type"));
        until(() -> stream.data("windows").size() == 1 && !stream.data("health").isEmpty(), "the snapshot");
        assertEquals(
                "15m", stream.data("windows").getFirst().getJsonObject("window").getString("name"));

        windowsChange();
        until(() -> stream.data("windows").size() == 2, "the change");
        assertEquals(2, stream.data("windows").getLast().getInteger("skipRate"));
    }

    @Test
    void aChangeOfHealthIsTold() throws Exception {
        insight();
        Stream stream = new Stream("");
        service.reports("ingest", Level.DOWN, "Redis refuses: WRONGTYPE", Map.of());
        until(
                () -> stream.data("health").stream().anyMatch(health -> "ingest is DOWN, runtime is DEGRADED."
                        .equals(health.getString("sentence"))),
                "ingest's trouble");
    }

    @Test
    void alertsAreASnapshotFirstThenAllThatFiresWithWhatChanged() throws Exception {
        AtomicBoolean slow = new AtomicBoolean();
        CompletableFuture<Void> asking = new CompletableFuture<>();
        CompletableFuture<Void> mayAnswer = new CompletableFuture<>();
        service.vertx.eventBus().<Alerts.Question>consumer(Addresses.DRIFT_ALERTS, message -> {
            if (slow.get()) {
                asking.complete(null);
                mayAnswer.thenRun(() -> message.reply(AlertSamples.alerts(Alerts.Which.ACTIVE)));
            } else {
                message.reply(AlertSamples.alerts(message.body().state()));
            }
        });
        Stream stream = new Stream("");
        until(() -> !stream.data("alert").isEmpty(), "the snapshot");
        JsonObject snapshot = stream.data("alert").getFirst();
        assertEquals("2026-02-01T14:05:37Z", snapshot.getString("asOf"));
        assertEquals(3, snapshot.getJsonArray("alerts").size());
        assertEquals(0, snapshot.getJsonArray("changes").size());

        slow.set(true);
        alertsChange(new AlertChange.Raised(AlertSamples.TOP));
        asking.get(20, TimeUnit.SECONDS);
        alertsChange(new AlertChange.Acknowledged(AlertSamples.TOP));
        alertsChange(new AlertChange.Resolved(AlertSamples.RESOLVED));
        mayAnswer.complete(null);

        until(() -> stream.changes().size() == 3, "what happened while the answer was under way");
        assertEquals(
                List.of("raised", "acknowledged", "resolved"),
                stream.changes().stream()
                        .map(change -> change.getString("change"))
                        .toList());
        assertEquals(
                AlertSamples.RESOLVED.id(),
                stream.changes().getLast().getJsonObject("alert").getString("id"));
        assertEquals(3, stream.data("alert").getLast().getJsonArray("alerts").size());
    }

    private void alertsChange(AlertChange change) {
        service.vertx.eventBus().publish(Addresses.ALERTS_CHANGED, change);
    }

    @Test
    void withoutInsightTheStreamStaysOpenAndStartsWhenItComes() throws Exception {
        Stream stream = new Stream("");
        until(() -> !stream.data("health").isEmpty(), "health");
        insight();
        windowsChange();
        until(() -> stream.data("windows").size() == 1, "the first answer");
    }

    @Test
    void aSlowReaderGetsTheNewestAndNotAll() throws Exception {
        padding = "x".repeat(500_000);
        insight();
        Stream slow = new Stream("");
        Stream quick = new Stream("");
        until(() -> asked.get() == 2, "both snapshots");
        slow.response.pause();
        for (int change = 3; change <= 60; change++) {
            int wanted = change;
            windowsChange();
            until(
                    () -> asked.get() == wanted && quick.text.indexOf("\"skipRate\":" + wanted + ",") >= 0,
                    "change " + wanted + " reaches the quick reader");
        }
        slow.response.resume();
        until(() -> slow.text.indexOf("\"skipRate\":60,") >= 0, "the newest reaches the slow reader");
        int got = slow.data("windows").size();
        assertTrue(got < 58, "the slow reader got " + got + " of 59");
    }

    @Test
    void aReaderThatNeverReadsHoldsUpNoStop() throws Exception {
        padding = "x".repeat(20_000_000);
        insight();
        Stream stuck = new Stream("");
        stuck.response.pause();
        until(() -> asked.get() == 1, "its snapshot");
        Service.await(service.vertx.undeploy(service.deployment));
    }

    @Test
    void undeployingEndsTheStreamsAndFreesThePort() throws Exception {
        insight();
        Stream stream = new Stream("");
        until(() -> !stream.data("windows").isEmpty(), "the snapshot");
        assertEquals(1, watchers());
        Service.await(service.vertx.undeploy(service.deployment));
        until(() -> stream.ended, "a clean end");
        assertEquals(0, watchers());
        Future<?> again =
                service.vertx.createHttpServer().requestHandler(request -> {}).listen(service.port, "127.0.0.1");
        Service.await(again);
    }
}
