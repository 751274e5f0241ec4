package quantum.p35.runtime;

import io.vertx.core.Deployable;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarFile;

/**
 * One instance of an extension, and the code that it runs on: a class loader of its own under ours, so that api and Vert.x
 * are shared and each deployment takes the jar as it is then.
 *
 * <p>The loader reads a copy: a jar that is overwritten in place would pull the code from under what runs.
 */
final class ExtensionCode implements AutoCloseable {

    private final Extension extension;
    private final ClassLoader loader;
    private final Path copy;
    private Deployable verticle;

    private ExtensionCode(Extension extension, ClassLoader loader, Path copy) {
        this.extension = extension;
        this.loader = loader;
        this.copy = copy;
    }

    /** Reads files and runs the constructor, so not on an event loop. @throws StartProblem that says what to do */
    static ExtensionCode open(Extension extension) throws StartProblem {
        ExtensionCode code = loaded(extension);
        try {
            code.verticle = code.instance(code.type());
            return code;
        } catch (StartProblem e) {
            code.close();
            throw e;
        }
    }

    private static ExtensionCode loaded(Extension extension) throws StartProblem {
        ClassLoader ours = ExtensionCode.class.getClassLoader();
        if (extension.jar() == null) {
            return new ExtensionCode(extension, ours, null);
        }
        try {
            Path copy = Files.createTempFile("p35-" + extension.name() + "-", ".jar");
            ExtensionCode code = new ExtensionCode(
                    extension,
                    new URLClassLoader(extension.name(), new URL[] {copy.toUri().toURL()}, ours),
                    copy);
            try {
                Files.copy(Path.of(extension.jar()), copy, StandardCopyOption.REPLACE_EXISTING);
                new JarFile(copy.toFile()).close();
                return code;
            } catch (IOException e) {
                code.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StartProblem(extension.shown() + "the jar cannot be read: "
                    + (e instanceof NoSuchFileException ? "there is no such file" : e)
                    + ". Put a whole one there that this user may read, or mend 'jar'");
        }
    }

    private Class<?> type() throws StartProblem {
        try {
            Class<?> type = Class.forName(extension.type(), true, loader);
            if (copy != null && type.getClassLoader() != loader) {
                throw problem("the service has a class of this name itself, so that the jar's would never run:"
                        + " rename yours, or delete 'jar'");
            }
            return type;
        } catch (ClassNotFoundException e) {
            throw problem(
                    copy == null
                            ? "there is no such class among the service's own: mend 'class', or name its jar under 'jar'"
                            : "there is no such class in the jar: mend 'class', with its package, or build the jar again");
        } catch (LinkageError e) {
            throw unlinked(e);
        }
    }

    private Deployable instance(Class<?> type) throws StartProblem {
        if (!Deployable.class.isAssignableFrom(type)) {
            throw problem("the class is no verticle: let it extend io.vertx.core.VerticleBase");
        }
        if (!Modifier.isPublic(type.getModifiers()) || Modifier.isAbstract(type.getModifiers())) {
            throw problem("the class cannot be instantiated: make it public and not abstract");
        }
        try {
            return (Deployable) made(type);
        } catch (NoSuchMethodException e) {
            throw problem("the class has no constructor that fits: give it a public one that takes an"
                    + " io.vertx.core.json.JsonObject, its configuration, or nothing");
        } catch (InvocationTargetException e) {
            throw problem(
                    "its constructor failed: " + e.getCause() + ". Mend what it says, most likely under 'config'");
        } catch (LinkageError e) {
            throw unlinked(e);
        } catch (ReflectiveOperationException e) {
            throw problem("the class cannot be instantiated: " + e);
        }
    }

    private Object made(Class<?> type) throws ReflectiveOperationException {
        try {
            return type.getConstructor(JsonObject.class).newInstance(config());
        } catch (NoSuchMethodException e) {
            return type.getConstructor().newInstance();
        }
    }

    private StartProblem unlinked(LinkageError e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return problem("its code cannot be used: " + cause
                + ". Build it for Java 21 against this version's p35-api, with what else it needs in the same jar");
    }

    private StartProblem problem(String text) {
        return new StartProblem(extension.shown() + text);
    }

    Deployable verticle() {
        return verticle;
    }

    ClassLoader loader() {
        return loader;
    }

    /** A copy, so that no instance can change another one's. */
    JsonObject config() {
        return new JsonObject(extension.config()).copy();
    }

    /** Nothing of it may run any more: a class that was never used cannot be loaded from now on. */
    @Override
    public void close() {
        verticle = null;
        if (copy == null) {
            return;
        }
        try {
            ((URLClassLoader) loader).close();
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            throw new UncheckedIOException("the copy of " + extension.jar() + " cannot be deleted: " + copy, e);
        }
    }
}
