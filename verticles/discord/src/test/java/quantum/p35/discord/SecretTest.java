package quantum.p35.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import quantum.p35.api.HealthReport;
import quantum.p35.api.Keys;
import quantum.p35.api.Severity;
import quantum.p35.testkit.FakeDiscord;
import quantum.p35.testkit.FakeDiscord.Fault;
import quantum.p35.testkit.TestRedis;

/** Who knows a webhook's address may post: it must be readable nowhere, least of all in an error. */
class SecretTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private final FakeDiscord discord = FakeDiscord.start();
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            String error =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            log.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + error);
        }
    };

    @BeforeEach
    void listen() {
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.setLevel(Level.TRACE);
        root.addAppender(appender);
    }

    @AfterEach
    void close() {
        root.detachAppender(appender);
        root.setLevel(before);
        discord.close();
    }

    @Test
    void theAddressOfTheWebhookIsReadableNowhere() throws Exception {
        Post post = Post.to(redis.settings(), List.of(Post.target("default", discord)), Post.IMPATIENT);
        List<String> answers = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            discord.failNext(fault);
            answers.add(post.test().toString());
        }
        discord.failNext(Fault.values());
        Drill.firing(Drill.STALE).tell(redis).escalated(Severity.CRITICAL).tell(redis);
        discord.await(
                "told after all",
                all -> all.stream().filter(one -> !one.deleted()).count() > 0);
        discord.deleteWebhook();
        Drill.firing("another").tell(redis);
        post.awaitHealth(HealthReport.Level.DOWN, "404");
        answers.add(post.test().toString());
        discord.close();
        answers.add(post.test().toString());
        post.stop();

        assertTrue(log.stream().anyMatch(line -> line.contains("Discord target 'default'")), "the log is heard");
        assertTrue(answers.getLast().contains("cannot be reached"), answers.getLast());
        nowhere("log", List.copyOf(log));
        nowhere("answer", answers);
        nowhere(
                "health",
                post.health.messages().stream().map(HealthReport::toString).toList());
        nowhere("metrics", List.of(post.metrics.getMetersAsString()));
        nowhere(
                "outbox",
                List.of(redis.cli("HGETALL", Keys.DEFAULT.discordOutbox()).toString()));
    }

    private void nowhere(String where, List<String> texts) {
        assertFalse(texts.isEmpty(), where);
        List<String> telling = texts.stream()
                .filter(text -> text.contains(discord.secret()) || text.contains("/api/webhooks/1"))
                .toList();
        assertEquals(List.of(), telling, where);
    }
}
