package quantum.p35.dashboard;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import quantum.p35.api.Failure;

/** Why a request gets no answer: {@code {"error":{"code","message"}}} with a status. */
final class HttpError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    final int status;
    final String code;

    HttpError(int status, String code, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
    }

    HttpError(int status, String code, String message) {
        this(status, code, message, null);
    }

    static HttpError badRequest(String message) {
        return new HttpError(400, "bad_request", message);
    }

    /**
     * @param asked who was asked: {@code insight}
     * @param late how long that was waited for, and what to do: {@code within 5 s: ask again}
     */
    static HttpError ofReply(Throwable error, String asked, String late) {
        Failure failure = Failure.of(error);
        String message =
                switch (error instanceof ReplyException reply ? reply.failureType() : null) {
                    case NO_HANDLERS ->
                        asked + " is not running (not deployed, not started yet, or its start failed):"
                                + " GET /api/v1/health says which";
                    case TIMEOUT -> asked + " did not answer " + late;
                    case RECIPIENT_FAILURE -> error.getMessage();
                    case ERROR -> asked + " gave an answer that cannot be read; the log has the cause";
                    case null -> "something broke on our side; the log has the cause";
                };
        return new HttpError(failure.code(), failure.name().toLowerCase(Locale.ROOT), message, error);
    }

    JsonObject json() {
        return new JsonObject().put("error", new JsonObject().put("code", code).put("message", getMessage()));
    }
}
