package quantum.p35.discord;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import quantum.p35.api.DiscordTest;

/** Tries a webhook: posts, edits and deletes a message of its own, that pings nobody. */
final class Trial {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Courier courier;
    private final Webhook webhook;

    Trial(Vertx vertx, Courier courier) {
        this.vertx = vertx;
        this.courier = courier;
        this.webhook = courier.webhook();
    }

    Future<DiscordTest.Target> run() {
        return patiently(() -> webhook.post(message("🔧 A test of P3.5", "Alerts will come to this channel.")))
                .compose(posted -> {
                    if (!done(posted, false)) {
                        return failed("post", posted, false);
                    }
                    return posted.message() == null
                            ? answer(false, "the message was posted, but the answer names no id: is this Discord?")
                            : edit(posted.message());
                });
    }

    private Future<DiscordTest.Target> edit(String id) {
        return patiently(() -> webhook.edit(id, message("✅ A test of P3.5", "It works. This message goes now.")))
                .compose(edited -> patiently(() -> webhook.delete(id)).compose(deleted -> {
                    if (!done(edited, true)) {
                        return failed("edit", edited, true);
                    }
                    return done(deleted, true)
                            ? answer(true, "posted, edited and deleted a message")
                            : failed("delete", deleted, true);
                }));
    }

    /** A short pause that Discord asks for is waited for. */
    private Future<Answer> patiently(Supplier<Future<Answer>> call) {
        Duration wait = webhook.untilOpen();
        if (wait.isZero() || wait.compareTo(PATIENCE) > 0) {
            return call.get();
        }
        return vertx.timer(wait.toMillis() + 1, TimeUnit.MILLISECONDS).compose(waited -> call.get());
    }

    private static boolean done(Answer answer, boolean aboutMessage) {
        return answer.verdict(aboutMessage) == Answer.Verdict.DONE;
    }

    private Future<DiscordTest.Target> failed(String what, Answer answer, boolean aboutMessage) {
        Answer.Verdict verdict = answer.verdict(aboutMessage);
        if (verdict == Answer.Verdict.WEBHOOK_BROKEN) {
            courier.isBroken(answer);
        }
        String advice =
                switch (verdict) {
                    case WEBHOOK_BROKEN -> courier.renew();
                    case RATE_LIMITED ->
                        "try again in " + Text.lasted(webhook.untilOpen().plusSeconds(1));
                    default -> "try again; if it stays so, look at https://discordstatus.com and at the network";
                };
        return answer(false, "could not " + what + " a message: " + answer.trouble() + "; " + advice);
    }

    private Future<DiscordTest.Target> answer(boolean delivered, String sentence) {
        return Future.succeededFuture(new DiscordTest.Target(courier.name(), delivered, sentence));
    }

    private static Message message(String title, String text) {
        return Message.silent(new Message.Embed(title, text, Layout.GREY, List.of(), null));
    }
}
