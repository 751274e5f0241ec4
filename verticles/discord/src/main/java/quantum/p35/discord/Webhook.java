package quantum.p35.discord;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import quantum.p35.api.Version;

/**
 * One webhook over HTTP: a call at a time, none while Discord asked for a pause.
 *
 * <p>Its futures never fail, and carry words of our own: an exception of the HTTP client names the address, which is a
 * secret.
 */
final class Webhook {

    private final HttpClientAgent client;
    private final WebhookUrl url;
    private final Duration deadline;
    private final Buckets buckets;
    private final String target;
    private Future<Answer> line = Future.succeededFuture();

    /** @param buckets shared by all webhooks: Discord may close them together @param target whose webhook it is */
    Webhook(HttpClientAgent client, WebhookUrl url, Duration deadline, Buckets buckets, String target) {
        this.client = client;
        this.url = url;
        this.deadline = deadline;
        this.buckets = buckets;
        this.target = target;
    }

    /** Whether a call would be sent now. */
    boolean open() {
        return untilOpen().isZero();
    }

    Duration untilOpen() {
        return buckets.untilOpen(target);
    }

    Future<Answer> post(Message message) {
        return call(HttpMethod.POST, url.uri("", "wait=true"), message.json());
    }

    Future<Answer> edit(String id, Message message) {
        return call(HttpMethod.PATCH, url.uri("/messages/" + id, null), message.json());
    }

    Future<Answer> delete(String id) {
        return call(HttpMethod.DELETE, url.uri("/messages/" + id, null), null);
    }

    /** The webhook itself: its guild. */
    Future<Answer> describe() {
        return call(HttpMethod.GET, url.path(), null);
    }

    private Future<Answer> call(HttpMethod method, String uri, String json) {
        line = line.compose(before -> {
                    Duration wait = untilOpen();
                    return wait.isZero() ? exchange(method, uri, json) : Future.succeededFuture(Answer.closed(wait));
                })
                .otherwise(error -> Answer.unreachable(words(error)));
        return line;
    }

    private Future<Answer> exchange(HttpMethod method, String uri, String json) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setSsl(url.tls())
                .setHost(url.host())
                .setPort(url.port())
                .setURI(uri)
                .setConnectTimeout(deadline.toMillis())
                .setIdleTimeout(deadline.toMillis())
                .putHeader("User-Agent", "DiscordBot (p35-decision-intelligence, " + Version.current() + ")");
        if (json != null) {
            options.putHeader("Content-Type", "application/json");
        }
        return client.request(options).compose(request -> send(request, json)).compose(this::obey);
    }

    private Future<Answer> send(HttpClientRequest request, String json) {
        return (json == null ? request.send() : request.send(Buffer.buffer(json)))
                .compose(response -> response.body()
                        .map(body -> Answer.of(response.statusCode(), response.headers()::get, body.toString())))
                .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(error -> request.reset());
    }

    private Future<Answer> obey(Answer answer) {
        if (answer.pause() == null) {
            return Future.succeededFuture(answer);
        }
        return (answer.everywhere() ? buckets.closeAll(answer.pause()) : buckets.close(target, answer.pause()))
                .map(answer);
    }

    private String words(Throwable error) {
        return switch (error) {
            case TimeoutException late -> "Discord gave no answer within " + deadline.toSeconds() + " s";
            case UnknownHostException unknown -> "Discord's host name cannot be resolved: is there a network?";
            case ConnectException refused -> "Discord cannot be reached: the connection is refused";
            default -> "Discord cannot be reached: " + error.getClass().getSimpleName();
        };
    }
}
