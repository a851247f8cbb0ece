using Edgewise.Simulation.Links;
using Edgewise.Simulation.Scheduling;

namespace Edgewise.Simulation.Processes;

/// <summary>
/// A process of a simulated system: it starts, may crash and be started again, and talks to others over links. What it holds in memory is what its tasks
/// hold, and goes with a crash; its <see cref="Disk"/> stays.
/// </summary>
public sealed class SimulatedProcess
{
    private readonly Func<SimulatedProcess, Task> _body;
    private readonly List<Link?> _links = [];
    private ProcessLife? _life;

    internal SimulatedProcess(World world, string name, int index, Func<SimulatedProcess, Task> body)
    {
        World = world;
        Name = name;
        Index = index;
        _body = body;
    }

    /// <summary>The process is about to crash. For a simulation that states what it sees; called as whoever crashes the process.</summary>
    public event EventHandler? Crashed;

    /// <summary>Its world.</summary>
    public World World { get; }

    /// <summary>Its name; no other process of the world has it.</summary>
    public string Name { get; }

    /// <summary>Its place in <see cref="World.Processes"/>.</summary>
    public int Index { get; }

    /// <summary>Number of times that it was started before this time: 0 in its first life.</summary>
    public int Incarnation { get; private set; } = -1;

    /// <summary>It was started, and has not crashed or come to its end.</summary>
    public bool IsRunning => _life is not null;

    /// <summary>What survives a crash.</summary>
    public DurableStore Disk { get; } = new();

    /// <summary>Is cancelled when the process is asked to end, see <see cref="ShutdownAsync"/>; never by a crash. Another one in each life.</summary>
    /// <exception cref="InvalidOperationException">The process does not run.</exception>
    public CancellationToken Stopping => Life.Stopping.Token;

    /// <summary>Completes when this life of the process is over, however that came; complete if it does not run.</summary>
    public Task Exited => _life?.Exited.Task ?? Task.CompletedTask;

    /// <summary>It runs, and was asked to end.</summary>
    internal bool IsAskedToEnd => _life is { IsAskedToEnd: true };

    /// <summary>What its body does; null if it does not run.</summary>
    internal Task? Main => _life?.Main;

    private ProcessLife Life => _life ?? throw new InvalidOperationException($"process '{Name}' does not run");

    /// <summary>Sends a message; it arrives, if it does, when the link says. What a process sends that has just crashed itself is lost.</summary>
    /// <param name="to">Who is to receive it.</param>
    /// <param name="message">The message; both ends hold the same object, so it should not change.</param>
    public void Send(SimulatedProcess to, object message)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(message);
        if (IsRunning && !World.CurrentContext.HasEnded)
        {
            World.Network.Send(LinkTo(to), message);
        }
    }

    /// <summary>Takes the next message that arrived, and waits for one if there is none. One wait at a time.</summary>
    /// <exception cref="InvalidOperationException">The process does not run, or someone waits already.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public ValueTask<Message> ReceiveAsync(CancellationToken cancellation = default) => Life.Mailbox.TakeAsync(cancellation);

    /// <summary>
    /// Ends the process as a power cut would: none of its code runs any more, its timers are gone, its mailbox is empty. A process may crash itself; it goes on to
    /// the next await, unheard. Nothing happens if it does not run.
    /// </summary>
    public void Crash()
    {
        if (_life is { } life)
        {
            Crashed?.Invoke(this, EventArgs.Empty);
            World.Network.Forget(this);
            Leave(life);
        }
    }

    /// <summary>Starts the process again from its beginning, with its disk as it is; one that runs crashes first.</summary>
    public void Restart()
    {
        Crash();
        Start();
    }

    /// <summary>Asks the process to end, through <see cref="Stopping"/>, and crashes it if it does not within a time.</summary>
    public async Task ShutdownAsync(TimeSpan grace)
    {
        if (_life is not { } life)
        {
            return;
        }

        life.IsAskedToEnd = true;
        // As the process: what it registered with the token is its code.
        World.PostCall(static stopping => ((CancellationTokenSource)stopping!).Cancel(), life.Stopping, life.Context);
        try
        {
            await life.Exited.Task.WaitAsync(grace, World.Time);
        }
        catch (TimeoutException) when (_life == life)
        {
            Crash();
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal void Start()
    {
        Incarnation++;
        _life = new ProcessLife(this);
        World.PostCall(static life => ((ProcessLife)life!).Begin(), _life, _life.Context);
    }

    internal Link LinkTo(SimulatedProcess to)
    {
        while (_links.Count <= to.Index)
        {
            _links.Add(null);
        }

        return _links[to.Index] ??= new Link(this, to);
    }

    internal void Deliver(Message message) => _life?.Mailbox.Put(message);

    // Runs the body once. Of a life that ended meanwhile, nobody hears.
    internal async Task RunAsync(ProcessLife life)
    {
        try
        {
            await _body(this);
        }
        catch (OperationCanceledException) when (life.Stopping.IsCancellationRequested)
        {
            // It was asked to.
        }
        catch (Exception exception) when (_life == life)
        {
            World.Fail(exception);
        }

        if (_life == life)
        {
            Leave(life);
        }
    }

    private void Leave(ProcessLife life)
    {
        _life = null;
        World.Drop(life.Context);
        // Last, since who waits for it may run at once.
        life.Exited.SetResult();
    }
}
