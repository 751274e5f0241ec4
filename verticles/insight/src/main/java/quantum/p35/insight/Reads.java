package quantum.p35.insight;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import quantum.p35.redis.RedisFailure;
import quantum.p35.redis.RedisLink;

/** Reads of hashes that survive a key of another type. */
final class Reads {

    private Reads() {}

    static Request hash(String key) {
        return Request.cmd(Command.HGETALL).arg(key);
    }

    static Request fields(String key, List<String> fields) {
        Request request = Request.cmd(Command.HMGET).arg(key);
        fields.forEach(request::arg);
        return request;
    }

    /**
     * As one pipeline, answers in order; null for a key that is no hash. A pipeline fails as a whole when one command is
     * refused: then, and only then, they are sent one by one.
     */
    static Future<List<Response>> hashes(RedisLink link, List<Request> requests) {
        return link.batch(requests)
                .recover(error -> refusedWith("WRONGTYPE", error)
                        ? Future.all(requests.stream()
                                        .map(request -> orNull(link, request))
                                        .toList())
                                .map(all -> all.list())
                        : Future.failedFuture(error));
    }

    private static Future<Response> orNull(RedisLink link, Request request) {
        return link.send(request)
                .recover(error ->
                        refusedWith("WRONGTYPE", error) ? Future.succeededFuture(null) : Future.failedFuture(error));
    }

    /** Empty when the key is absent or no hash. */
    static Future<Map<String, String>> map(RedisLink link, String key) {
        return orNull(link, hash(key)).map(answer -> {
            Map<String, String> map = new HashMap<>();
            pairs(answer, map::put);
            return map;
        });
    }

    /** @param hash the answer to HGETALL; null is empty */
    static void pairs(Response hash, BiConsumer<String, String> each) {
        for (int i = 0; hash != null && i + 1 < hash.size(); i += 2) {
            each.accept(hash.get(i).toString(), hash.get(i + 1).toString());
        }
    }

    static boolean refused(Throwable error) {
        return error instanceof RedisFailure failure && failure.kind() == RedisFailure.Kind.REFUSED;
    }

    private static boolean refusedWith(String code, Throwable error) {
        return error instanceof RedisFailure failure && failure.refusedWith(code);
    }
}
