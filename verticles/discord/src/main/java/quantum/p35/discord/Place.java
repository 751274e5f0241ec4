package quantum.p35.discord;

import quantum.p35.api.Severity;

/**
 * A message that tells of an incident.
 *
 * @param message its id; null when Discord gave none or refused it, then it cannot be edited
 * @param channel where it is, for a link to it; null when not known
 * @param digest whether it tells of other incidents too
 * @param posted the severity that it was posted with
 * @param shown what it says of the incident, as {@link Incident#shown} writes it
 * @param standing whether it can be edited
 */
record Place(String message, String channel, boolean digest, Severity posted, String shown, Standing standing) {

    enum Standing {
        STANDS,
        /** A person deleted the one before it. */
        STANDS_AGAIN,
        /** A person deleted it: to be posted again, once. */
        DELETED,
        /** Nothing more is done to it. */
        GIVEN_UP,
        /** Discord did not take what was to be said: nothing more is done to it before that changes. */
        REFUSED;

        boolean stands() {
            return this == STANDS || this == STANDS_AGAIN;
        }
    }

    boolean editable() {
        return message != null && (standing.stands() || standing == Standing.REFUSED);
    }

    Place showing(String what) {
        Standing then = standing == Standing.REFUSED ? Standing.STANDS : standing;
        return new Place(message, channel, digest, posted, what, then);
    }

    /** Discord refused to take that incident's first message. */
    static Place never(Incident incident) {
        return new Place(null, null, false, incident.alert().severity(), incident.shown(), Standing.REFUSED);
    }

    /** After Discord refused for good to have that said in it. */
    Place refused(String what) {
        return new Place(message, channel, digest, posted, what, Standing.REFUSED);
    }

    /** After Discord refused a newer message of that severity: if it stands, it goes on telling. */
    Place insteadOf(Severity worse) {
        return new Place(message, channel, digest, worse, shown, standing.stands() ? standing : Standing.REFUSED);
    }

    /** After Discord said that there is no such message. @param newest whether the incident's newest message is this one */
    Place lost(boolean newest) {
        Standing then = newest && standing == Standing.STANDS ? Standing.DELETED : Standing.GIVEN_UP;
        return new Place(message, channel, digest, posted, shown, then);
    }
}
