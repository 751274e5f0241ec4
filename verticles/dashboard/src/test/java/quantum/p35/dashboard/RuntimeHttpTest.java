package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quantum.p35.api.Addresses;
import quantum.p35.api.Failure;
import quantum.p35.api.Verticles;
import quantum.p35.api.Verticles.Deployed;

class RuntimeHttpTest {

    private final Service service = Service.alone();

    @AfterEach
    void stop() {
        service.close();
    }

    private HttpResponse<Buffer> post(String uri, String body) {
        return Service.await(service.request(HttpMethod.POST, "/api/v1" + uri, "Content-Type", "application/json")
                .sendBuffer(Buffer.buffer(body)));
    }

    private static String message(HttpResponse<Buffer> response, int status) {
        assertEquals(status, response.statusCode(), response::bodyAsString);
        return response.bodyAsJsonObject().getJsonObject("error").getString("message");
    }

    @Test
    void whatRunsIsListed() {
        service.runs(new Deployed("ingest", 1, 1, null), new Deployed("drift", 2, 0, "no alerts.yaml"));
        JsonObject drift = service.get("/api/v1/verticles")
                .bodyAsJsonObject()
                .getJsonArray("verticles")
                .getJsonObject(1);
        assertEquals(
                new JsonObject("{\"name\":\"drift\",\"wanted\":2,\"running\":0,\"error\":\"no alerts.yaml\"}"), drift);
    }

    @Test
    void aVerticleIsScaledRedeployedAndUndeployed() {
        service.<Verticles.Scale>answer(
                Addresses.RUNTIME_SCALE,
                scale -> new Deployed(scale.name(), scale.instances(), scale.instances(), null));
        service.<Verticles.Redeploy>answer(
                Addresses.RUNTIME_REDEPLOY, redeploy -> new Deployed(redeploy.name(), 3, 3, null));
        service.<Verticles.Undeploy>answer(
                Addresses.RUNTIME_UNDEPLOY, undeploy -> new Deployed(undeploy.name(), 0, 0, null));

        assertEquals(
                new JsonObject("{\"name\":\"ingest\",\"wanted\":2,\"running\":2,\"error\":null}"),
                post("/verticles/ingest/scale", "{\"instances\":2}").bodyAsJsonObject());
        assertEquals(
                "a b: 3 of 3 instances run.\n",
                post("/verticles/a%20b/redeploy?format=text", "").bodyAsString());
        assertEquals(
                0, post("/verticles/drift/undeploy", "{}").bodyAsJsonObject().getInteger("running"));
    }

    @Test
    void aCommandIsForTheNodeThatIsNamed() {
        service.<Verticles.Scale>answer(
                Addresses.RUNTIME_SCALE, scale -> new Deployed(scale.name(), 1, scale.instances(), null, scale.node()));
        service.<Verticles.Redeploy>answer(
                Addresses.RUNTIME_REDEPLOY, redeploy -> new Deployed(redeploy.name(), 1, 1, null, redeploy.node()));

        assertEquals(
                new JsonObject("{\"name\":\"ingest\",\"wanted\":1,\"running\":2,\"error\":null,\"node\":\"b\"}"),
                post("/verticles/ingest/scale", "{\"instances\":2,\"node\":\"b\"}")
                        .bodyAsJsonObject());
        assertEquals(
                "drift on b: 1 of 1 instances run.\n",
                post("/verticles/drift/redeploy?format=text", "{\"node\":\"b\"}")
                        .bodyAsString());
        assertEquals(
                "'node' is 1: the body must be empty, or {\"node\": <the name of a node of the cluster>}",
                message(post("/verticles/drift/redeploy", "{\"node\":1}"), 400));
    }

    @Test
    void nonsenseIsRefused() {
        service.<Verticles.Redeploy>answer(Addresses.RUNTIME_REDEPLOY, redeploy -> {
            throw Failure.NOT_FOUND.because("no verticle 'x'");
        });
        String rule = ": the body must be {\"instances\": <a whole number from 0 to 16>}";
        assertEquals("'instances' is -1" + rule, message(post("/verticles/ingest/scale", "{\"instances\":-1}"), 400));
        assertEquals("'instances' is 1.5" + rule, message(post("/verticles/ingest/scale", "{\"instances\":1.5}"), 400));
        assertEquals(
                "'instances' is 17" + rule, message(post("/verticles/dashboard/scale", "{\"instances\":17}"), 400));
        assertEquals("no verticle 'x'", message(post("/verticles/x/redeploy", ""), 404));
    }

    @Test
    void theDashboardAnswersBeforeItIsRedeployed() throws Exception {
        service.runs(new Deployed("dashboard", 1, 1, null));
        CompletableFuture<Verticles.Redeploy> begun = new CompletableFuture<>();
        // a runtime that never comes to an end with it
        service.vertx
                .eventBus()
                .<Verticles.Redeploy>consumer(Addresses.RUNTIME_REDEPLOY, message -> begun.complete(message.body()));

        HttpResponse<Buffer> accepted = post("/verticles/dashboard/redeploy", "");

        assertEquals(202, accepted.statusCode(), accepted::bodyAsString);
        assertEquals("dashboard", accepted.bodyAsJsonObject().getString("name"));
        assertEquals(new Verticles.Redeploy("dashboard"), begun.get(20, TimeUnit.SECONDS));
    }

    @Test
    void whatTheRuntimeWouldRefuseIsNotAcceptedFirst() {
        service.runs(new Deployed("dashboard", 1, 1, null));
        service.answer(Addresses.RUNTIME_SCALE, scale -> {
            throw Failure.BAD_QUESTION.because("nobody could ask again");
        });
        service.answer(Addresses.RUNTIME_UNDEPLOY, undeploy -> {
            throw Failure.BAD_QUESTION.because("nobody could ask again");
        });

        assertEquals("nobody could ask again", message(post("/verticles/dashboard/scale", "{\"instances\":0}"), 400));
        assertEquals("nobody could ask again", message(post("/verticles/dashboard/undeploy", ""), 400));
    }

    @Test
    void theDashboardOfAnotherNodeIsNoBranchThatThisOneSitsOn() {
        service.answer(
                Addresses.RUNTIME_LIST,
                question -> new Verticles.Answer(
                        List.of(new Deployed("dashboard", 1, 1, null, "a")),
                        "a",
                        List.of(new Verticles.Node("a", null))));
        service.<Verticles.Redeploy>answer(Addresses.RUNTIME_REDEPLOY, redeploy -> {
            if (!redeploy.node().equals("b")) {
                throw Failure.NOT_FOUND.because("there is no node '" + redeploy.node() + "' now");
            }
            return new Deployed("dashboard", 1, 1, null, "b");
        });

        assertEquals(
                "there is no node 'x' now", message(post("/verticles/dashboard/redeploy", "{\"node\":\"x\"}"), 404));
        assertEquals(
                200, post("/verticles/dashboard/redeploy", "{\"node\":\"b\"}").statusCode());
    }

    @Test
    void nothingIsAcceptedThatNobodyWouldDo() {
        String refused = message(post("/verticles/dashboard/redeploy", ""), 503);
        assertTrue(refused.startsWith("runtime is not running"), refused);
    }

    @Test
    void aCommandIsNotGivenByALink() {
        service.runs(new Deployed("ingest", 1, 1, null));
        assertEquals(405, service.get("/api/v1/verticles/ingest/redeploy").statusCode());
        HttpResponse<Buffer> form = Service.await(service.request(HttpMethod.POST, "/api/v1/verticles/ingest/redeploy")
                .send());
        assertEquals(415, form.statusCode());
        assertFalse(form.bodyAsString().isEmpty());
    }
}
