package io.pgha.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Hears the signals that ask the process to end. Java itself hears only the first: it then runs its
 * shutdown hooks, and whoever asks again waits for those too.
 *
 * <p>The one way to hear them is {@code sun.misc.Signal} of jdk.unsupported, which javac warns of
 * whatever one tells it; so it is looked up by its name.
 */
final class Signals implements AutoCloseable {
  /** Ctrl-C, what service managers and {@code kill} send, and the end of the terminal. */
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  private static final String HANDLER = "sun.misc.SignalHandler";
  private static final String SIGNAL = "sun.misc.Signal";

  private final Map<Object, Object> before = new LinkedHashMap<>();

  private Signals() {}

  /**
   * Hears them from now on, on a thread of its own.
   *
   * @param listener is given the number of each that comes
   */
  @SuppressWarnings("ReferenceEquality") // a handler is equal to itself alone
  static Signals hear(IntConsumer listener) {
    Signals signals = new Signals();
    try {
      Class<?> type = Class.forName(HANDLER);
      InvocationHandler call =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> {
                  listener.accept(number(arguments[0]));
                  yield null;
                }
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "pgha";
              };
      Object handler = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, call);
      for (String name : NAMES) {
        signals.replace(name, handler);
      }
    } catch (ReflectiveOperationException e) {
      // Without it, a signal ends the process at once; what was recorded is safe all the same.
      System.getLogger(Signals.class.getName())
          .log(System.Logger.Level.WARNING, "signals can't be heard", e);
    }
    return signals;
  }

  private void replace(String name, Object handler) throws ReflectiveOperationException {
    Object signal = Class.forName(SIGNAL).getConstructor(String.class).newInstance(name);
    try {
      before.put(signal, set(signal, handler));
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof IllegalArgumentException)) {
        throw e;
      }
      // Java was started with -Xrs: signals are the system's own business.
    }
  }

  private static Object set(Object signal, Object handler) throws ReflectiveOperationException {
    return Class.forName(SIGNAL)
        .getMethod("handle", signal.getClass(), Class.forName(HANDLER))
        .invoke(null, signal, handler);
  }

  private static int number(Object signal) throws ReflectiveOperationException {
    return (int) Class.forName(SIGNAL).getMethod("getNumber").invoke(signal);
  }

  /** Leaves the signals to whoever heard them before. */
  @Override
  public void close() {
    before.forEach((signal, handler) -> {
      try {
        set(signal, handler);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    });
    before.clear();
  }
}
