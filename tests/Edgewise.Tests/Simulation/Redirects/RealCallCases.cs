namespace Edgewise.Tests.Simulation.Redirects;

/// <summary>What is reported by name. Each call is made with arguments that do no harm if it were made.</summary>
internal static class RealCallCases
{
    private static readonly (string Body, string Call)[] Calls =
    [
        ("new Thread(() => { }).Start();", "Thread.Start()"),
        ("new Thread(() => { }).UnsafeStart();", "Thread.UnsafeStart()"),
        ("Thread.CurrentThread.Join(0);", "Thread.Join(Int32)"),
        ("ThreadPool.RegisterWaitForSingleObject(new ManualResetEvent(false), (s, t) => { }, null, 0, true);", "ThreadPool.RegisterWaitForSingleObject(WaitHandle, WaitOrTimerCallback, Object, Int32, Boolean)"),
        ("ThreadPool.UnsafeRegisterWaitForSingleObject(new ManualResetEvent(false), (s, t) => { }, null, 0, true);", "ThreadPool.UnsafeRegisterWaitForSingleObject(WaitHandle, WaitOrTimerCallback, Object, Int32, Boolean)"),
        ("unsafe { ThreadPool.UnsafeQueueNativeOverlapped(null); }", "ThreadPool.UnsafeQueueNativeOverlapped(NativeOverlapped*)"),
        ("new[] { 1 }.AsParallel();", "ParallelEnumerable.AsParallel(IEnumerable<T>)"),
        ("Task.Factory.ContinueWhenAll(new[] { Task.CompletedTask }, _ => { });", "TaskFactory.ContinueWhenAll(Task[], Action<Task[]>)"),
        ("Task.Factory.ContinueWhenAny(new[] { Task.CompletedTask }, _ => { });", "TaskFactory.ContinueWhenAny(Task[], Action<Task>)"),
        ("Task.Factory.FromAsync(Task.CompletedTask, _ => { });", "TaskFactory.FromAsync(IAsyncResult, Action<IAsyncResult>)"),
        ("new TaskFactory<int>().ContinueWhenAll(new[] { Task.CompletedTask }, _ => 1);", "TaskFactory.ContinueWhenAll(Task[], Func<Task[], T>)"),
        ("new TaskFactory<int>().ContinueWhenAny(new[] { Task.CompletedTask }, _ => 1);", "TaskFactory.ContinueWhenAny(Task[], Func<Task, T>)"),
        ("new TaskFactory<int>().FromAsync(Task.CompletedTask, _ => 1);", "TaskFactory.FromAsync(IAsyncResult, Func<IAsyncResult, T>)"),
        ("lock (world) Monitor.Wait(world, 0);", "Monitor.Wait(Object, Int32)"),
        ("new Barrier(1).SignalAndWait();", "Barrier.SignalAndWait()"),
        ("WaitHandle.WaitAll(new[] { new ManualResetEvent(true) });", "WaitHandle.WaitAll(WaitHandle[])"),
        ("WaitHandle.WaitAny(new[] { new ManualResetEvent(true) });", "WaitHandle.WaitAny(WaitHandle[])"),
        ("WaitHandle.SignalAndWait(new ManualResetEvent(true), new ManualResetEvent(true));", "WaitHandle.SignalAndWait(WaitHandle, WaitHandle)"),
        ("new BlockingCollection<int> { 1 }.Take();", "BlockingCollection.Take()"),
        ("new BlockingCollection<int> { 1 }.GetConsumingEnumerable();", "BlockingCollection.GetConsumingEnumerable()"),
        ("new BlockingCollection<int> { 1 }.TryTake(out int a, 5);", "BlockingCollection.TryTake(T&, Int32)"),
        ("new BlockingCollection<int> { 1 }.TryTake(out int a, 5, default);", "BlockingCollection.TryTake(T&, Int32, CancellationToken)"),
        ("new BlockingCollection<int> { 1 }.TryTake(out int a, TimeSpan.Zero);", "BlockingCollection.TryTake(T&, TimeSpan)"),
        ("new System.Timers.Timer();", "new Timer()"),
        ("new DerivedRandom();", "new Random()"),
        ("new DerivedSource(5);", "new CancellationTokenSource(Int32)"),
        ("new DerivedSource(TimeSpan.FromDays(1));", "new CancellationTokenSource(TimeSpan)"),
        ("File.Exists(\"/\");", "File.Exists(String)"),
        ("new[] { \"/\" }.Any(File.Exists);", "File.Exists(String)"),
        ("Directory.Exists(\"/\");", "Directory.Exists(String)"),
        ("new FileInfo(\"/\");", "new FileInfo(String)"),
        ("new DirectoryInfo(\"/\");", "new DirectoryInfo(String)"),
        ("DriveInfo.GetDrives();", "DriveInfo.GetDrives()"),
        ("new FileStream(\"/none/none\", FileMode.Open);", "new FileStream(String, FileMode)"),
        ("new FileSystemWatcher();", "new FileSystemWatcher()"),
        ("new StreamReader(\"/none/none\");", "new StreamReader(String)"),
        ("new StreamReader(\"/none/none\", true);", "new StreamReader(String, Boolean)"),
        ("new StreamReader(\"/none/none\", new FileStreamOptions());", "new StreamReader(String, FileStreamOptions)"),
        ("new StreamReader(\"/none/none\", System.Text.Encoding.UTF8);", "new StreamReader(String, Encoding)"),
        ("new StreamWriter(\"/none/none\");", "new StreamWriter(String)"),
        ("new StreamWriter(\"/none/none\", true);", "new StreamWriter(String, Boolean)"),
        ("new StreamWriter(\"/none/none\", new FileStreamOptions());", "new StreamWriter(String, FileStreamOptions)"),
        ("new StreamWriter(\"/none/none\", true, System.Text.Encoding.UTF8);", "new StreamWriter(String, Boolean, Encoding)"),
        ("Path.GetTempFileName();", "Path.GetTempFileName()"),
        ("System.IO.MemoryMappedFiles.MemoryMappedFile.CreateNew(null, 1);", "MemoryMappedFile.CreateNew(String, Int64)"),
        ("new System.IO.Pipes.NamedPipeClientStream(\"x\");", "new NamedPipeClientStream(String)"),
        ("new System.IO.Pipes.NamedPipeServerStream(\"x\");", "new NamedPipeServerStream(String)"),
        ("new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);", "new Socket(SocketType, ProtocolType)"),
        ("new System.Net.Sockets.TcpClient();", "new TcpClient()"),
        ("new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);", "new TcpListener(IPAddress, Int32)"),
        ("new System.Net.Sockets.UdpClient();", "new UdpClient()"),
        ("System.Net.Dns.GetHostName();", "Dns.GetHostName()"),
        ("new System.Net.HttpListener();", "new HttpListener()"),
        ("new System.Net.Http.HttpClient();", "new HttpClient()"),
        ("new System.Net.Http.HttpClientHandler();", "new HttpClientHandler()"),
        ("new System.Net.Http.SocketsHttpHandler();", "new SocketsHttpHandler()"),
        ("new System.Net.NetworkInformation.Ping();", "new Ping()"),
        ("new System.Net.WebSockets.ClientWebSocket();", "new ClientWebSocket()"),
        ("Process.Start(\"/none/none\");", "Process.Start(String)"),
        ("Process.GetCurrentProcess().WaitForExit(0);", "Process.WaitForExit(Int32)"),
        ("Process.GetCurrentProcess().WaitForExitAsync();", "Process.WaitForExitAsync(CancellationToken)"),
        ("Console.Read();", "Console.Read()"),
        ("Console.ReadKey();", "Console.ReadKey()"),
        ("Console.ReadLine();", "Console.ReadLine()"),
    ];

    public const string Support = """
        sealed class DerivedRandom : Random { }
        sealed class DerivedSource : CancellationTokenSource { public DerivedSource(int ms) : base(ms) { } public DerivedSource(TimeSpan time) : base(time) { } }

        """;

    public static IReadOnlyList<CallCase> All { get; } = [.. Calls.Select((call, i) => new CallCase($"Real{i}", $"{call.Body} return \"\";", $"! {call.Call} in a simulation: "))];
}
