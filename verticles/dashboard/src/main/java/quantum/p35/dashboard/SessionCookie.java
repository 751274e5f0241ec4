package quantum.p35.dashboard;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import quantum.p35.api.Secret;

/**
 * The browser's proof that it once showed the token: {@code <expiry>.<HMAC-SHA-256 of it under the token>}.
 *
 * <p>Nothing is kept in memory, so it survives a redeploy and every instance accepts it; another token ends all sessions.
 */
final class SessionCookie {

    static final String NAME = "p35_session";
    static final Duration LIFE = Duration.ofDays(7);

    private final SecretKeySpec key;

    SessionCookie(Secret token) {
        key = new SecretKeySpec(token.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    String issue(Instant now) {
        long expiry = now.plus(LIFE).getEpochSecond();
        return expiry + "." + seal(expiry);
    }

    /** @param value null is not valid */
    boolean valid(String value, Instant now) {
        int dot = value == null ? -1 : value.indexOf('.');
        if (dot < 1) {
            return false;
        }
        try {
            long expiry = Long.parseLong(value.substring(0, dot));
            byte[] seal = value.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
            return now.getEpochSecond() < expiry
                    && MessageDigest.isEqual(seal(expiry).getBytes(StandardCharsets.UTF_8), seal);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private String seal(long expiry) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return HexFormat.of()
                    .formatHex(mac.doFinal(("p35 session until " + expiry).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform must offer HmacSHA256", e);
        }
    }
}
