namespace Edgewise.Runtime.Sessions;
internal static class ProcessTrace { public static void Begin(TracedThread thread) { } }
