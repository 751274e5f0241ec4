package quantum.p35.benchmark;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import quantum.p35.redis.RedisLink;

/** The least that any reader must do with this client: read 1 000 entries, decode them, throw them away, ACK them. */
final class BareDrain {

    private final RedisLink link;
    private final String stream;
    private final String group;
    private long drained;

    BareDrain(RedisLink link, String stream, String group) {
        this.link = link;
        this.stream = stream;
        this.group = group;
    }

    /** The number of entries drained. */
    Future<Long> run() {
        return link.send(Request.cmd(Command.XGROUP)
                        .arg("CREATE")
                        .arg(stream)
                        .arg(group)
                        .arg("0"))
                .compose(made -> next());
    }

    private Future<Long> next() {
        Request read = Request.cmd(Command.XREADGROUP)
                .arg("GROUP")
                .arg(group)
                .arg("bare")
                .arg("COUNT")
                .arg(1000)
                .arg("STREAMS")
                .arg(stream)
                .arg(">");
        return link.send(read, Duration.ofSeconds(5)).compose(answer -> {
            if (answer == null) {
                return Future.succeededFuture(drained);
            }
            Response rows = answer.get(0).get(1);
            Request ack = Request.cmd(Command.XACK).arg(stream).arg(group);
            for (Response row : rows) {
                ack.arg(decode(row));
            }
            drained += rows.size();
            return link.send(ack).compose(acked -> next());
        });
    }

    private static String decode(Response row) {
        Response flat = row.get(1);
        Map<String, String> fields = HashMap.newHashMap(flat.size() / 2);
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(flat.get(i).toString(), flat.get(i + 1).toString());
        }
        return fields.isEmpty() ? "" : row.get(0).toString();
    }
}
