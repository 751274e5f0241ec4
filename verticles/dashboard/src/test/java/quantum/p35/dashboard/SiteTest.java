package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {

    private static final Pattern IMPORT_MAP = Pattern.compile("(?s)<script type=\"importmap\">(.*?)</script>");
    private static final Pattern LINKED = Pattern.compile("(?:href|src)=\"((?!data:|#)[^\"]+)\"");

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.alone();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String importMap() {
        var map = IMPORT_MAP.matcher(service.get("/").bodyAsString());
        assertTrue(map.find(), "the page has an import map");
        return map.group(1);
    }

    @Test
    void thePolicyAllowsTheImportMapByItsHashAndNothingElseInline() throws Exception {
        String hash = Base64.getEncoder()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(importMap().getBytes(StandardCharsets.UTF_8)));
        for (String path : List.of("/", "/index.html")) {
            String policy = service.get(path).getHeader("Content-Security-Policy");
            assertTrue(policy.contains("script-src 'self' 'sha256-" + hash + "';"), policy);
            assertFalse(policy.contains("unsafe"), policy);
        }
        assertTrue(
                service.get("/app/main.js").getHeader("Content-Security-Policy").contains("script-src 'self';"));
    }

    @Test
    void theImportMapNamesTheVersionsOfTheJars() {
        for (Map.Entry<String, Object> entry :
                new JsonObject(importMap()).getJsonObject("imports").getMap().entrySet()) {
            String address = entry.getValue().toString();
            // a folder: what is imported from it, by us or by Lit itself
            String file =
                    switch (entry.getKey()) {
                        case "lit/", "lit-html/" -> address + "directive.js";
                        case "lit-element/" -> address + "lit-element.js";
                        case "@lit/reactive-element/" -> address + "css-tag.js";
                        default -> address;
                    };
            HttpResponse<Buffer> response = service.get(file);
            assertEquals(200, response.statusCode(), file);
            assertTrue(response.getHeader("Content-Type").startsWith("text/javascript"), file);
            assertTrue(response.getHeader("Cache-Control").contains("immutable"), file);
        }
    }

    @Test
    void everythingThatThePageLinksIsThere() {
        var linked = LINKED.matcher(service.get("/").bodyAsString());
        int found = 0;
        while (linked.find()) {
            String path = linked.group(1).startsWith("/") ? linked.group(1) : "/" + linked.group(1);
            if (!path.startsWith("/api/") && !path.startsWith("/#")) {
                assertEquals(200, service.get(path).statusCode(), path);
                found++;
            }
        }
        assertTrue(found > 10, "links were found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/app/main.js", "/styles/tokens.css"})
    void filesOfTheFolderAreNeverCached(String path) {
        assertEquals("no-store", service.get(path).getHeader("Cache-Control"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_static/lit/0.0.1/index.js",
                "/_static/../quantum/p35/dashboard/openapi.yaml",
                "/_static/%2e%2e/importmap.json",
                "/.git",
                "/%2e%2e/pom.xml",
                "/nothing.js"
            })
    void nothingElseIsGiven(String path) {
        HttpResponse<Buffer> response = service.get(path);
        assertEquals(404, response.statusCode(), path);
        assertEquals("no-store", response.getHeader("Cache-Control"));
    }

    @Test
    void textIsCompressedForWhoeverAsksForIt() {
        HttpResponse<Buffer> script = service.get("/app/main.js", "Accept-Encoding", "gzip");
        assertEquals("gzip", script.getHeader("Content-Encoding"));
        assertNull(service.get("/app/main.js").getHeader("Content-Encoding"));
    }

    @Test
    void aHeadIsAnsweredAsAGetWithoutItsBody() {
        HttpResponse<Buffer> response =
                Service.await(service.request(HttpMethod.HEAD, "/").send());
        assertEquals(200, response.statusCode());
        assertNull(response.body());
    }
}
