package quantum.p35.discord;

import java.util.List;
import quantum.p35.api.Severity;

/** What goes to a target as the body of a call, by the step that is due. */
record Letter(DiscordTarget target, String page) {

    /** A new message. It pings when something new fires, or got worse, that is HIGH at least. */
    Message post(List<Incident> incidents) {
        Message message = Message.silent(
                incidents.size() == 1
                        ? embed(incidents.getFirst(), before(incidents.getFirst()))
                        : Digest.of(incidents, target.name(), null, page));
        boolean pings = target.role() != null && incidents.stream().anyMatch(this::rings);
        return pings ? message.pinging(target.role()) : message;
    }

    private Message.Embed embed(Incident incident, Severity before) {
        return incident.forgotten()
                ? Layout.forgotten(incident.alert(), page)
                : Layout.of(incident.alert(), before, page);
    }

    private boolean rings(Incident incident) {
        Severity severity = incident.alert().severity();
        Severity before = before(incident);
        return !incident.resolved()
                && severity.compareTo(Severity.HIGH) >= 0
                && (before == null || severity.compareTo(before) > 0);
    }

    private Severity before(Incident incident) {
        Place newest = incident.newest(target.name());
        return newest == null ? null : newest.posted();
    }

    /** How a message has to read now. @param guild that the channel belongs to; null when not known */
    Message edit(String message, List<Incident> incidents, String guild) {
        Incident first = incidents.getFirst();
        List<Place> places = first.at(target.name());
        Place here = places.stream()
                .filter(place -> message.equals(place.message()))
                .findFirst()
                .orElseThrow();
        if (here.digest()) {
            return Message.silent(Digest.of(incidents, target.name(), message, page));
        }
        Place newest = first.newest(target.name());
        return Message.silent(
                here == newest ? embed(first, preceding(places)) : Layout.moved(first.alert(), link(newest, guild)));
    }

    private static Severity preceding(List<Place> places) {
        return places.size() < 2 ? null : places.get(places.size() - 2).posted();
    }

    private static String link(Place place, String guild) {
        return guild == null || place.channel() == null || place.message() == null
                ? null
                : "https://discord.com/channels/" + guild + "/" + place.channel() + "/" + place.message();
    }
}
