package quantum.p35.discord;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import quantum.p35.api.Secret;

/**
 * Where a webhook is, taken apart. Who knows the address may post: it prints as {@code <hidden>}, and no complaint about
 * it holds a part of it.
 *
 * @param path without a slash at its end; on Discord itself with the version of the interface, because without one
 *     Discord takes an old one that tells waiting times in other units
 * @param thread id of the thread to post to; null for the channel itself
 */
record WebhookUrl(boolean tls, String host, int port, String path, String thread) {

    private static final Pattern PATH = Pattern.compile("/api(/v[0-9]+)?/webhooks/[0-9]+/[A-Za-z0-9_-]+");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
    private static final Pattern THREAD = Pattern.compile("thread_id=([0-9]+)");

    /**
     * @param target named in complaints
     * @throws IllegalArgumentException when it cannot be used; the message says why and holds nothing of the address
     */
    static WebhookUrl of(String target, Secret url) {
        if (url == null || url.reveal().isBlank()) {
            throw refused(target, "is missing");
        }
        URI uri;
        try {
            uri = new URI(url.reveal().strip());
        } catch (URISyntaxException e) {
            // its message and its cause would hold the address
            throw refused(target, "is no URL");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw refused(target, "is no address of a webhook");
        }
        boolean loopback = LOOPBACK.matcher(uri.getHost()).matches();
        boolean tls = "https".equals(uri.getScheme());
        if (!tls && !(loopback && "http".equals(uri.getScheme()))) {
            throw refused(target, "does not begin with https:// (http:// is for loopback only)");
        }
        String path = uri.getRawPath().replaceAll("/+$", "");
        if (!loopback && !PATH.matcher(path).matches()) {
            throw refused(target, "has not the path of a webhook");
        }
        int port = uri.getPort() != -1 ? uri.getPort() : tls ? 443 : 80;
        String versioned = loopback ? path : path.replaceFirst("^/api/webhooks/", "/api/v10/webhooks/");
        return new WebhookUrl(tls, uri.getHost(), port, versioned, thread(target, uri.getRawQuery()));
    }

    private static String thread(String target, String query) {
        if (query == null) {
            return null;
        }
        var thread = THREAD.matcher(query);
        if (!thread.matches()) {
            throw refused(target, "has a query that is not thread_id=<digits>");
        }
        return thread.group(1);
    }

    private static IllegalArgumentException refused(String target, String why) {
        return new IllegalArgumentException("the webhook URL of Discord target '" + target + "' " + why
                + ". Give it as Discord shows it (channel settings, Integrations, Webhooks, Copy Webhook URL):"
                + " https://discord.com/api/webhooks/<id>/<token>, by P35_DISCORD_WEBHOOK_URL or a file");
    }

    /** @param below of the webhook itself: empty, or {@code /messages/<id>} @param parameter null for none */
    String uri(String below, String parameter) {
        StringBuilder uri = new StringBuilder(path).append(below);
        char separator = '?';
        if (parameter != null) {
            uri.append(separator).append(parameter);
            separator = '&';
        }
        if (thread != null) {
            uri.append(separator).append("thread_id=").append(thread);
        }
        return uri.toString();
    }

    @Override
    public String toString() {
        return "<hidden>";
    }
}
