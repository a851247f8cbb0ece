using System.Reflection;
using Edgewise.Instrumentation.Redirections;

namespace Edgewise.Simulation.Redirects;

/// <summary>What a world does not simulate and reports by name when it is reached: real threads, files, sockets, processes, waits that always block.</summary>
public static class RealCalls
{
    private const string Threads = "start the work with Task.Run, and await it";
    private const string Timers = "use System.Threading.Timer, PeriodicTimer or a TimeProvider";
    private const string Files = "pass what it reads or writes in, or keep it in the durable store of the simulated process";
    private const string Sockets = "send messages through the links of the world, or pass a stream in";
    private const string Processes = "start a process of the world with World.StartProcess";
    private const string Waits = "await instead: the world has one thread, and nothing else runs while it blocks";
    private const string Console = "pass what it reads in";

    /// <summary>The members, as <see cref="Redirection.Announce"/> takes them, and what to do instead.</summary>
    internal static IReadOnlyList<(string Member, string Instead)> All { get; } =
    [
        ("System.Threading.Thread::Start(*)", Threads),
        ("System.Threading.Thread::UnsafeStart(*)", Threads),
        ("System.Threading.Thread::Join(*)", Waits),
        ("System.Threading.ThreadPool::RegisterWaitForSingleObject(*)", Waits),
        ("System.Threading.ThreadPool::UnsafeRegisterWaitForSingleObject(*)", Waits),
        ("System.Threading.ThreadPool::UnsafeQueueNativeOverlapped(*)", Threads),
        ("System.Linq.ParallelEnumerable::AsParallel(*)", Threads),
        ("System.Threading.Tasks.TaskFactory::ContinueWhenAll(*)", "use Task.WhenAll"),
        ("System.Threading.Tasks.TaskFactory::ContinueWhenAny(*)", "use Task.WhenAny"),
        ("System.Threading.Tasks.TaskFactory::FromAsync(*)", "use methods that return tasks"),
        ("System.Threading.Tasks.TaskFactory`1::ContinueWhenAll(*)", "use Task.WhenAll"),
        ("System.Threading.Tasks.TaskFactory`1::ContinueWhenAny(*)", "use Task.WhenAny"),
        ("System.Threading.Tasks.TaskFactory`1::FromAsync(*)", "use methods that return tasks"),
        ("System.Threading.Monitor::Wait(*)", Waits),
        ("System.Threading.Barrier::SignalAndWait(*)", Waits),
        ("System.Threading.WaitHandle::WaitAll(*)", Waits),
        ("System.Threading.WaitHandle::WaitAny(*)", Waits),
        ("System.Threading.WaitHandle::SignalAndWait(*)", Waits),
        ("System.Collections.Concurrent.BlockingCollection`1::Take(*)", "use a Channel, and await"),
        ("System.Collections.Concurrent.BlockingCollection`1::GetConsumingEnumerable(*)", "use a Channel, and await"),
        ("System.Collections.Concurrent.BlockingCollection`1::TryTake(!0&, System.Int32)", "use a Channel, and await"),
        ("System.Collections.Concurrent.BlockingCollection`1::TryTake(!0&, System.TimeSpan)", "use a Channel, and await"),
        ("System.Collections.Concurrent.BlockingCollection`1::TryTake(!0&, System.Int32, System.Threading.CancellationToken)", "use a Channel, and await"),
        ("System.Timers.Timer::.ctor(*)", Timers),
        ("System.Random::.ctor()", "derive from Random with a seed that is drawn from Random.Shared"),
        ("System.Threading.CancellationTokenSource::.ctor(System.Int32)", "derive from CancellationTokenSource without a delay, and call CancelAfter"),
        ("System.Threading.CancellationTokenSource::.ctor(System.TimeSpan)", "derive from CancellationTokenSource without a delay, and call CancelAfter"),
        ("System.IO.File::*", Files),
        ("System.IO.Directory::*", Files),
        ("System.IO.FileInfo::*", Files),
        ("System.IO.DirectoryInfo::*", Files),
        ("System.IO.DriveInfo::*", Files),
        ("System.IO.FileStream::.ctor(*)", Files),
        ("System.IO.FileSystemWatcher::.ctor(*)", Files),
        ("System.IO.StreamReader::.ctor(System.String)", Files),
        ("System.IO.StreamReader::.ctor(System.String, System.Boolean)", Files),
        ("System.IO.StreamReader::.ctor(System.String, System.IO.FileStreamOptions)", Files),
        ("System.IO.StreamReader::.ctor(System.String, System.Text.Encoding)", Files),
        ("System.IO.StreamWriter::.ctor(System.String)", Files),
        ("System.IO.StreamWriter::.ctor(System.String, System.Boolean)", Files),
        ("System.IO.StreamWriter::.ctor(System.String, System.IO.FileStreamOptions)", Files),
        ("System.IO.StreamWriter::.ctor(System.String, System.Boolean, System.Text.Encoding)", Files),
        ("System.IO.Path::GetTempFileName()", Files),
        ("System.IO.MemoryMappedFiles.MemoryMappedFile::*", Files),
        ("System.IO.Pipes.NamedPipeClientStream::.ctor(*)", Sockets),
        ("System.IO.Pipes.NamedPipeServerStream::.ctor(*)", Sockets),
        ("System.Net.Sockets.Socket::*", Sockets),
        ("System.Net.Sockets.TcpClient::.ctor(*)", Sockets),
        ("System.Net.Sockets.TcpListener::.ctor(*)", Sockets),
        ("System.Net.Sockets.UdpClient::.ctor(*)", Sockets),
        ("System.Net.Dns::*", Sockets),
        ("System.Net.HttpListener::.ctor(*)", Sockets),
        ("System.Net.Http.HttpClient::.ctor()", "give the client a handler that answers in memory"),
        ("System.Net.Http.HttpClientHandler::.ctor(*)", "give the client a handler that answers in memory"),
        ("System.Net.Http.SocketsHttpHandler::.ctor(*)", "give the client a handler that answers in memory"),
        ("System.Net.NetworkInformation.Ping::.ctor(*)", Sockets),
        ("System.Net.WebSockets.ClientWebSocket::.ctor(*)", Sockets),
        ("System.Diagnostics.Process::Start(*)", Processes),
        ("System.Diagnostics.Process::WaitForExit(*)", Processes),
        ("System.Diagnostics.Process::WaitForExitAsync(*)", Processes),
        ("System.Console::Read(*)", Console),
        ("System.Console::ReadKey(*)", Console),
        ("System.Console::ReadLine(*)", Console),
    ];

    /// <summary>Reports a member that is about to be reached, if a world runs on this thread.</summary>
    /// <param name="member">Its name.</param>
    /// <exception cref="SimulationException">One does.</exception>
    public static void Reach(string member)
    {
        if (World.Current is { } world)
        {
            throw world.Refuse(CallNames.Short(member), InsteadOf(member));
        }
    }

    /// <summary>The rows that announce them.</summary>
    internal static IEnumerable<Redirection> Rows()
    {
        MethodInfo reach = typeof(RealCalls).GetMethod(nameof(Reach))!;
        return All.Select(call => Redirection.Announce(call.Member, reach));
    }

    private static string InsteadOf(string member) => All.First(call => call.Member == member || (call.Member[^1] == '*'
        ? member.StartsWith(call.Member[..^1], StringComparison.Ordinal)
        : call.Member.EndsWith("(*)", StringComparison.Ordinal) && member.StartsWith(call.Member[..^2], StringComparison.Ordinal))).Instead;
}
