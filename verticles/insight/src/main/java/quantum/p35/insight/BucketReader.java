package quantum.p35.insight;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import quantum.p35.api.Keys;
import quantum.p35.redis.RedisLink;

/** Reads minute buckets from Redis into the windows. */
final class BucketReader {

    /** Names that minutes share; past it they are forgotten, so that free text cannot fill the memory. */
    private static final int MAX_NAMES = 20_000;

    private final RedisLink link;
    private final Keys keys;
    private final Windows windows = new Windows();
    private final Map<String, String> names = new HashMap<>();
    private final Set<Instant> unreadable = new TreeSet<>();

    BucketReader(RedisLink link, Keys keys) {
        this.link = link;
        this.keys = keys;
    }

    /** Replaces these minutes by what stands in Redis now. */
    Future<Void> read(List<Instant> minutes) {
        List<Request> requests =
                minutes.stream().map(minute -> Reads.hash(keys.bucket(minute))).toList();
        return Reads.hashes(link, requests).map(answers -> {
            for (int i = 0; i < minutes.size(); i++) {
                take(minutes.get(i), answers.get(i));
            }
            return null;
        });
    }

    private void take(Instant minute, Response hash) {
        if (hash == null) {
            unreadable.add(minute);
            windows.forget(minute);
            return;
        }
        unreadable.remove(minute);
        Bucket.Builder bucket = Bucket.of(minute, this::shared);
        Reads.pairs(hash, bucket::add);
        windows.put(bucket.build());
    }

    private String shared(String name) {
        if (names.size() > MAX_NAMES) {
            names.clear();
        }
        String known = names.putIfAbsent(name, name);
        return known == null ? name : known;
    }

    /** Drops what is older than the hour. */
    void trim(Instant oldest, Instant at) {
        unreadable.removeIf(minute -> minute.isBefore(oldest));
        windows.trim(at);
    }

    Windows windows() {
        return windows;
    }

    /** Minutes whose bucket is no hash. */
    Set<Instant> unreadable() {
        return Set.copyOf(unreadable);
    }
}
