package quantum.p35.redis;

import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.redis.client.impl.types.ErrorType;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Why a server could not be used, in words that follow its name, with what to do where we know it. That TLS was meant, or was
 * not, is a guess of the time before anything worked: afterwards it would send people the wrong way.
 *
 * <p>Also how long to wait for it, since the first handshake of all loads what TLS needs: half a second of CPU time, and so
 * seconds under a quota.
 */
final class Reason {

    private static final Duration FIRST_HANDSHAKE = Duration.ofSeconds(4);

    private final boolean tls;
    private boolean worked;

    Reason(boolean tls) {
        this.tls = tls;
    }

    void worked() {
        worked = true;
    }

    Duration patience(Duration usual) {
        return tls && !worked && usual.compareTo(FIRST_HANDSHAKE) < 0 ? FIRST_HANDSHAKE : usual;
    }

    /** @param deadline how long was waited */
    String of(Throwable error, Duration deadline) {
        return switch (error) {
            case RedisFailure told -> told.getMessage();
            case TimeoutException late -> "gave no answer within " + deadline.toMillis() + " ms" + (tls ? guess() : "");
            case ErrorType refused -> refusal(refused);
            case SSLException handshake -> "cannot be trusted: " + handshake(handshake);
            default -> "cannot be reached: " + error.getMessage() + (reset(error) ? guess() : "");
        };
    }

    private String guess() {
        if (worked) {
            return "";
        }
        return tls
                ? "; if it speaks no TLS there, give redis:// or its tls-port"
                : "; if it speaks TLS there, give rediss://";
    }

    private String refusal(ErrorType refused) {
        return switch (RedisFailure.refused(refused.getMessage()).code()) {
            case "WRONGPASS", "NOAUTH" ->
                "refuses the login (" + refused.getMessage() + "): check user and password in the Redis URL";
            case "CONNECTION_CLOSED" -> "closed the connection" + guess();
            default -> "cannot be used: " + refused.getMessage();
        };
    }

    private static boolean reset(Throwable error) {
        return String.valueOf(error.getMessage()).contains("Connection reset");
    }

    private static String handshake(SSLException error) {
        Throwable cause = error;
        String said = error.getMessage();
        while (cause.getCause() != null) {
            cause = cause.getCause();
            said = cause.getMessage();
        }
        return switch (cause) {
            case CertPathBuilderException unknown ->
                said
                        + ". If its certificate was made by an authority of your own, name that one's file: ?ca=/path/ca.pem";
            case CertificateException wrong ->
                said
                        + ". Its certificate must name the host as it is called in the Redis URL, or by sentinels and cluster";
            case NotSslRecordException none -> "it speaks no TLS there; give redis:// or its tls-port";
            default -> said;
        };
    }
}
