package quantum.p35.dashboard;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * The TCP connection under a request or a socket. What Vert.x offers ends a WebSocket by a frame behind all that is not
 * read, which may be never, and does not tell of the end of a connection that became a WebSocket.
 */
final class Wire {

    private final Channel channel;

    private Wire(Channel channel) {
        this.channel = channel;
    }

    static Wire under(HttpConnection connection) {
        return new Wire(
                ((HttpServerConnection) connection).channelHandlerContext().channel());
    }

    /** Calls it on the event loop of the connection, whoever ends it. */
    void whenGone(Runnable gone) {
        channel.closeFuture().addListener(closed -> gone.run());
    }

    /** Ends it at once; what is not yet written is lost. */
    void cut() {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first != null) {
            // from here on nothing of Vert.x is asked
            first.close();
        }
    }
}
