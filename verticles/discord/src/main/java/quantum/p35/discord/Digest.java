package quantum.p35.discord;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import quantum.p35.api.Alert;
import quantum.p35.api.Severity;

/** The message of several incidents: a line each, so that many at once are read and not scrolled past. */
final class Digest {

    private static final int DESCRIPTION = 4096;
    private static final int LINE_GATE = 60;
    /** Room for the line that says how many more there are. */
    private static final int REST = 40;

    private static final int ACTION = 800;

    private Digest() {}

    /**
     * @param incidents in the order to show them in
     * @param target where the message stands
     * @param message its id; null before it is posted
     * @param page address of the web page
     */
    static Message.Embed of(List<Incident> incidents, String target, String message, String page) {
        List<Incident> here =
                incidents.stream().filter(one -> !moved(one, target, message)).toList();
        List<Incident> firing = here.stream().filter(one -> !one.resolved()).toList();
        return new Message.Embed(
                title(here, firing, incidents),
                lines(incidents, target, message),
                colour(here, firing),
                fields(firing, page),
                new Message.Footer(incidents.size() + " alerts that came together"));
    }

    private static boolean moved(Incident incident, String target, String message) {
        Place newest = incident.newest(target);
        return message != null && newest != null && !message.equals(newest.message());
    }

    private static int colour(List<Incident> here, List<Incident> firing) {
        if (!firing.isEmpty()) {
            return Layout.colour(firing.getFirst().alert());
        }
        return forgotten(here) ? Layout.GREY : Layout.GREEN;
    }

    /** Whether nobody knows of some how they ended. */
    private static boolean forgotten(List<Incident> here) {
        return here.stream().anyMatch(Incident::forgotten);
    }

    private static String title(List<Incident> here, List<Incident> firing, List<Incident> all) {
        if (here.isEmpty()) {
            return "⬆️ " + all.size() + " alerts: told below";
        }
        if (firing.isEmpty()) {
            return (forgotten(here) ? Layout.FORGOTTEN + " Over or forgotten: all " : "✅ Resolved: all ") + all.size()
                    + " alerts";
        }
        Map<Severity, Long> bySeverity = new TreeMap<>(Comparator.reverseOrder());
        firing.forEach(one -> bySeverity.merge(one.alert().severity(), 1L, Long::sum));
        String counts = bySeverity.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        long over = all.stream().filter(Incident::resolved).count();
        String ended = over == 0 ? "" : " (" + over + " over)";
        return Layout.glyph(firing.getFirst().alert()) + " " + firing.size()
                + (firing.size() == 1 ? " alert: " : " alerts: ") + counts + ended;
    }

    private static String lines(List<Incident> incidents, String target, String message) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < incidents.size(); i++) {
            String line = line(incidents.get(i), moved(incidents.get(i), target, message));
            if (lines.length() + line.length() > DESCRIPTION - REST) {
                return lines.append("… and ")
                        .append(incidents.size() - i)
                        .append(" more")
                        .toString();
            }
            lines.append(line).append('\n');
        }
        return lines.toString().stripTrailing();
    }

    private static String line(Incident incident, boolean moved) {
        Alert alert = incident.alert();
        String gate = Text.code(alert.reason(), LINE_GATE);
        if (moved) {
            return "⬆️ " + gate + " told below";
        }
        if (incident.forgotten()) {
            return Layout.FORGOTTEN + " " + gate + " forgotten: Redis does not know it any more";
        }
        if (incident.resolved()) {
            return "✅ " + gate + " over" + (alert.resolved() == null ? "" : " since " + Text.clock(alert.resolved()));
        }
        String word = alert.acknowledged() != null ? ", acknowledged" : alert.silenced() != null ? ", silenced" : "";
        String figures = Figures.brief(alert);
        return Layout.glyph(alert) + " " + gate + (figures.isEmpty() ? " " : " " + figures + " ")
                + Text.ago(alert.since()) + word;
    }

    /** What to do about the worst one. */
    private static List<Message.Field> fields(List<Incident> firing, String page) {
        Message.Field more = new Message.Field("More", "[the page](" + page + "/)");
        if (firing.isEmpty() || firing.getFirst().alert().action() == null) {
            return List.of(more);
        }
        Alert worst = firing.getFirst().alert();
        return List.of(
                new Message.Field("Do first", Layout.gate(worst) + "\n" + Text.step(worst.action(), ACTION)), more);
    }
}
