package quantum.p35.discord;

import java.util.List;
import java.util.Map;
import quantum.p35.api.Alert;

/**
 * What drift tells, at one instant.
 *
 * @param lastId of the newest entry of the alert stream that was read; {@code 0-0} when there is none
 * @param told the alerts of these entries, in their order
 * @param complete whether no newer entry was there
 * @param active what fires, and what ended lately, by alert id: newer than any entry
 */
record Snapshot(String lastId, List<Alert> told, boolean complete, Map<String, Alert> active) {}
