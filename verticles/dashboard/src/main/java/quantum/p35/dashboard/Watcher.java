package quantum.p35.dashboard;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import quantum.p35.api.WindowName;

/** One event stream. A reader that does not keep up gets the newest of each event and not all of them. */
final class Watcher {

    private final HttpServerResponse response;
    private final WindowName window;
    private final Map<String, Buffer> waiting = new LinkedHashMap<>();

    Watcher(HttpServerResponse response, WindowName window, Consumer<Watcher> onGone) {
        this.response = response;
        this.window = window;
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader("X-Accel-Buffering", "no")
                // or a compressor would hold memory for every reader that only waits
                .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
                .closeHandler(gone -> onGone.accept(this))
                .endHandler(gone -> onGone.accept(this))
                .exceptionHandler(error -> onGone.accept(this))
                .drainHandler(drained -> flush());
        write(Buffer.buffer("retry: 2000\n\n"));
    }

    WindowName window() {
        return window;
    }

    /** @param json without line breaks */
    void tell(String event, Buffer json) {
        Buffer text =
                Buffer.buffer("event: " + event + "\ndata: ").appendBuffer(json).appendString("\n\n");
        if (response.writeQueueFull()) {
            waiting.put(event, text);
        } else {
            write(text);
        }
    }

    void comment() {
        if (!response.writeQueueFull()) {
            write(Buffer.buffer(": still here\n\n"));
        }
    }

    private void flush() {
        waiting.values().forEach(this::write);
        waiting.clear();
    }

    private void write(Buffer text) {
        if (!response.ended() && !response.closed()) {
            response.write(text).onFailure(error -> waiting.clear());
        }
    }

    void end() {
        if (!response.ended() && !response.closed()) {
            response.end().onFailure(error -> waiting.clear());
        }
    }
}
