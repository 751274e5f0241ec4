package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quantum.p35.api.Addresses;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Instances;
import quantum.p35.api.Verticles.Deployed;
import quantum.p35.api.WindowName;

class HealthHttpTest {

    private final Service service = Service.alone();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aPortInUseIsNamedWithWhatToDo() {
        var config = new DashboardConfig(1, "127.0.0.1", service.port, null, Service.WEBROOT);
        // an own Vert.x, since within one the instances share the port
        Vertx other = Vertx.vertx();
        try {
            var refused = assertThrows(ExecutionException.class, () -> other.deployVerticle(
                            new WebDashboardVerticle(config, new SimpleMeterRegistry()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS));
            assertEquals(
                    "cannot listen on 127.0.0.1:" + service.port + " (Address already in use): free the port, or"
                            + " choose another with P35_HTTP_PORT or dashboard.port",
                    refused.getCause().getMessage());
            for (String part : List.of("dashboard", "dashboard-bridge")) {
                assertEquals(0, Instances.of(other, part).sum(any -> 1), part + " is left behind");
            }
        } finally {
            Service.await(other.close());
        }
    }

    @Test
    void whatIsUnderWayIsAnsweredBeforeItStops() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<Void> mayAnswer = new CompletableFuture<>();
        service.vertx.eventBus().<Object>consumer(Addresses.INSIGHT_WHY, message -> {
            asked.complete(null);
            mayAnswer.thenRun(() -> message.reply(Samples.why(WindowName.FIVE_MINUTES)));
        });
        var underWay = service.request(HttpMethod.GET, "/api/v1/why").send();
        asked.get(20, TimeUnit.SECONDS);
        var undeployed = service.vertx.undeploy(service.deployment);
        mayAnswer.complete(null);

        assertEquals(200, Service.await(underWay).statusCode());
        Service.await(undeployed);
    }

    @Test
    void liveWhateverElseIsMissing() {
        assertEquals(200, service.get("/health/live").statusCode());
    }

    @Test
    void readyOnceEverythingRunsAndRedisAnswered() {
        assertMissing("the runtime does not say which verticles run");

        service.runs(new Deployed("ingest", 1, 1, null));
        assertMissing("Redis has not answered since the start");

        service.reports("redis", Level.UP, "answers", Map.of());
        HttpResponse<Buffer> ready = service.get("/health/ready");
        assertEquals(200, ready.statusCode(), ready::bodyAsString);
        assertEquals(new JsonObject("{\"ready\":true,\"missing\":[]}"), ready.bodyAsJsonObject());
    }

    private void assertMissing(String what) {
        HttpResponse<Buffer> response = service.get("/health/ready");
        assertEquals(503, response.statusCode());
        assertEquals(new JsonArray().add(what), response.bodyAsJsonObject().getJsonArray("missing"));
    }

    @Test
    void healthTellsEveryComponentAndTheFiguresOfIngest() {
        service.runs(new Deployed("ingest", 1, 1, null), new Deployed("dashboard", 1, 1, null));
        service.reports(
                "ingest",
                Level.UP,
                "reads",
                Map.of("processed", 12, "pending", 3, "lag", 0, "behindSeconds", 1, "x", 1));

        JsonObject health = service.get("/api/v1/health").bodyAsJsonObject();

        assertEquals("UP", health.getString("state"));
        assertEquals("Everything is up.", health.getString("sentence"));
        assertEquals(
                new JsonObject("{\"processed\":12,\"pending\":3,\"lag\":0,\"behindSeconds\":1}"),
                health.getJsonObject("ingest"));
        assertEquals(
                "ingest", health.getJsonArray("components").getJsonObject(0).getString("component"));
        assertEquals(
                "dashboard", health.getJsonArray("components").getJsonObject(1).getString("component"));
        assertTrue(health.getJsonObject("process").getLong("residentBytes") > 0);

        String text = service.get("/api/v1/health?format=text").bodyAsString();
        assertTrue(text.startsWith("HEALTH  UP") && text.contains("processed 12   pending 3   lag 0"), text);
    }
}
