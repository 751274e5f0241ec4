package quantum.p35.dashboard;

import quantum.p35.api.DiscordTest;
import quantum.p35.api.HealthReport.Level;

/** {@code ./p35 discord test}: what became of the test message, a line for each webhook. */
final class DiscordTestText {

    private final Ink ink;

    DiscordTestText(Ink ink) {
        this.ink = ink;
    }

    String print(DiscordTest.Answer answer) {
        Page page = new Page();
        if (answer.targets().isEmpty()) {
            page.line("No webhook is configured: set P35_DISCORD_WEBHOOK_URL.");
        }
        for (DiscordTest.Target target : answer.targets()) {
            Level level = target.delivered() ? Level.UP : Level.DOWN;
            String first = HealthText.shape(level) + " " + Columns.left(target.name(), 14) + " ";
            String lines = Columns.wrap(target.sentence(), first, " ".repeat(17));
            page.line(ink.of(level, first) + lines.substring(first.length()).stripTrailing());
        }
        return page.print();
    }
}
