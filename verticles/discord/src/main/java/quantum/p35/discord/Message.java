package quantum.p35.discord;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import quantum.p35.api.BusMessages;

/**
 * The body of a POST or a PATCH, as Discord's interface names its fields.
 *
 * @param content null but for a ping: all else is in the embed
 * @param mentions on every call: Discord does not remember them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Message(
        String content,
        List<Embed> embeds,
        @JsonProperty("allowed_mentions") Mentions mentions) {

    /** @param color 0xRRGGBB @param footer null for none */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Embed(String title, String description, int color, List<Field> fields, Footer footer) {}

    record Field(String name, String value) {}

    record Footer(String text) {}

    /** @param parse always empty: nobody is pinged by what a text says @param roles ids of those that are pinged */
    record Mentions(
            List<String> parse,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> roles) {

        static final Mentions NONE = new Mentions(List.of(), List.of());
    }

    static Message silent(Embed embed) {
        return new Message(null, List.of(embed), Mentions.NONE);
    }

    /** The same, for a role to hear. */
    Message pinging(String role) {
        return new Message("<@&" + role + ">", embeds, new Mentions(List.of(), List.of(role)));
    }

    String json() {
        try {
            return BusMessages.JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message for Discord cannot be written as JSON", e);
        }
    }
}
