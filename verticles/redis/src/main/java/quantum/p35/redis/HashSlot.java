package quantum.p35.redis;

import java.nio.charset.StandardCharsets;

/**
 * Which of the 16 384 slots of a Redis Cluster a key lies in: CRC-16/XMODEM of the key, or of what stands between its
 * first braces when that is not empty (Redis Cluster specification, "Hash tags").
 */
final class HashSlot {

    private static final int POLYNOMIAL = 0x1021;

    private HashSlot() {}

    static int of(String key) {
        int crc = 0;
        for (byte octet : tag(key).getBytes(StandardCharsets.UTF_8)) {
            crc ^= (octet & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
            }
        }
        return crc & 0x3fff;
    }

    /** The part of the key that counts. */
    static String tag(String key) {
        int open = key.indexOf('{');
        int close = key.indexOf('}', open + 1);
        return open < 0 || close <= open + 1 ? key : key.substring(open + 1, close);
    }
}
