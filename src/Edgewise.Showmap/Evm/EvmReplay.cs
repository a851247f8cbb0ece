using System.Collections.Concurrent;
using Edgewise.Showmap.Corpora;
using Edgewise.Showmap.Evm.Cheats;
using Edgewise.Showmap.Evm.Entries;
using Edgewise.Showmap.Evm.Execution;
using Edgewise.Showmap.Evm.Harness;
using Edgewise.Showmap.Evm.Local;
using Edgewise.Showmap.Evm.Node;
using Edgewise.Showmap.Evm.Rpc;
using Edgewise.Showmap.Evm.State;
using Edgewise.Showmap.Evm.Words;
using Edgewise.Showmap.Replay;
using Edgewise.Showmap.Replay.Records;

namespace Edgewise.Showmap.Evm;

/// <summary>
/// Replays the corpora of Foundry's fuzz and invariant tests on a node, and counts each instruction that runs. Every entry begins where <c>setUp</c> ended, and leaves nothing behind:
/// what it changes goes to the node with each call, and never onto it.
/// </summary>
/// <remarks>The rules are those of <c>forge</c>'s own replay; <c>docs/evm.md</c> tells where they differ.</remarks>
public sealed class EvmReplay : IDisposable
{
    private const int StackOfThread = 64 << 20;
    private readonly JsonRpcNode _node;
    private readonly NodeChain _chain;
    private readonly IEvmExecutor _executor;
    private readonly ProjectArtifacts _project;
    private readonly DeployedHarness _harness;
    private readonly TargetSet? _targets;
    private readonly uint? _function;

    private EvmReplay(JsonRpcNode node, EvmReplayOptions options)
    {
        _node = node;
        ContractArtifact artifact = ContractArtifact.Read(options.HarnessPath);
        _function = options.Function is { } name ? FunctionOf(artifact, name, options.HarnessPath) : null;
        _project = ProjectArtifacts.Beside(options.HarnessPath);
        _chain = NodeChain.Open(node);
        CheckFork(artifact, options.HarnessPath);
        LocalExecutor local = new(_chain, _chain.Fork, _chain.ChainId, options.GasLimit);
        NodeExecutor there = new(node, _chain, options.GasLimit);
        _executor = options.Engine == EvmEngine.Local ? local : new ReplayExecutor(there, local, keepsChanges: true);
        _harness = DeployedHarness.Deploy(artifact, options.HarnessPath, _project, _executor, local);
        if (_function is not null && options.Engine != EvmEngine.Local)
        {
            // No call of a fuzz test sees what another one changed.
            _executor = new ReplayExecutor(there, local, keepsChanges: false);
        }

        _targets = _function is null ? new TargetSelection(_project, signature => _harness.Ask(_executor, signature)).Select(_harness.Made, FoundryAddresses.Harness) : null;
    }

    /// <summary>What the node calls itself, for example <c>anvil/v1.7.1</c>.</summary>
    public string Client => _chain.Client;

    /// <summary>Time spent waiting for the node, of all threads together.</summary>
    public TimeSpan Waited => _node.Waited;

    /// <summary>Reads the harness, deploys it, runs its <c>setUp</c> and finds its targets.</summary>
    /// <exception cref="ShowmapException">The node cannot be reached or not do what is needed, or the harness cannot be deployed.</exception>
    public static EvmReplay Open(EvmReplayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!options.Node.IsAbsoluteUri || options.Node.Scheme is not ("http" or "https"))
        {
            throw new ShowmapException($"{options.Node}: expected the address of a node, http://HOST:PORT or https://HOST");
        }

        JsonRpcNode node = new(options.Node, options.Timeout);
        EvmReplay? replay = null;
        try
        {
            return OnDeepStack(() => replay = new(node, options));
        }
        finally
        {
            if (replay is null)
            {
                node.Dispose();
            }
        }
    }

    /// <summary>Replays files, on several threads, and returns their results in the order of the files, whatever order they end in.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="workers">How many run at a time.</param>
    /// <param name="ended">Called as each ends, from any thread; for progress.</param>
    /// <param name="stop">Ends the replay after the calls that run.</param>
    /// <exception cref="ShowmapException">The node failed, or was restarted meanwhile. Nothing of the replay counts then.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IReadOnlyList<EvmEntryResult> Replay(IReadOnlyList<string> paths, int workers = 1, Action<EvmEntryResult>? ended = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        EvmEntryResult[] results = new EvmEntryResult[paths.Count];
        int next = -1;
        ConcurrentQueue<Exception> failures = [];
        Thread[] threads = new Thread[Math.Min(workers, Math.Max(1, paths.Count))];
        for (int worker = 0; worker < threads.Length; worker++)
        {
            threads[worker] = new(Work, StackOfThread) { IsBackground = true, Name = "evm replay" };
            threads[worker].Start();
        }

        Array.ForEach(threads, static thread => thread.Join());
        if (failures.TryDequeue(out Exception? failure))
        {
            throw failure switch
            {
                ShowmapException known => new ShowmapException(known.Message, known),
                OperationCanceledException => new OperationCanceledException(stop),
                _ => failure,
            };
        }

        _chain.Confirm();
        return results;

        void Work()
        {
            try
            {
                for (int index; failures.IsEmpty && (index = Interlocked.Increment(ref next)) < paths.Count;)
                {
                    results[index] = ReplayFile(paths[index], stop);
                    ended?.Invoke(results[index]);
                }
            }
            catch (Exception thrown) when (thrown is not OutOfMemoryException)
            {
                failures.Enqueue(thrown);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _node.Dispose();

    private EvmEntryResult ReplayFile(string path, CancellationToken stop)
    {
        IReadOnlyList<EvmTransaction> sequence;
        string content = "";
        try
        {
            byte[] json = EvmSequenceFile.ReadContent(path);
            content = ContentHash.Of(EntryKind.Sequence, json).ToString();
            sequence = EvmSequenceFile.Parse(json, path);
        }
        catch (ShowmapException failure)
        {
            return new(path, EntryFate.Unreadable, failure.Message, 0, 0, 0, new()) { Content = content };
        }

        return (sequence.Count == 0 ? Skipped(path, "empty", 0, 0) : ReplaySequence(path, sequence, stop)) with { Content = content };
    }

    private EvmEntryResult ReplaySequence(string path, IReadOnlyList<EvmTransaction> sequence, CancellationToken stop)
    {
        EvmState state = _harness.State.Copy();
        EvmEnvironment environment = _harness.Environment;
        TargetSet? targets = _targets?.ForEntry();
        EvmCounts counts = new();
        int accepted = 0, rejected = 0, discarded = 0;
        for (int index = 0; index < sequence.Count; index++)
        {
            stop.ThrowIfCancellationRequested();
            EvmTransaction transaction = sequence[index];
            if (!Takes(targets, transaction))
            {
                rejected++;
                continue;
            }

            // What passed before a call has passed, also where the call is discarded.
            environment = environment with { Timestamp = environment.Timestamp + transaction.Warp, Number = environment.Number + transaction.Roll };
            EvmCallResult result;
            try
            {
                EvmWord balance = transaction.Value.IsZero ? EvmWord.Zero : state.Find(transaction.Sender)?.Balance ?? _chain.Balance(transaction.Sender);
                result = _executor.Run(
                    new(transaction.Sender, transaction.Target, transaction.Calldata.ToArray(), transaction.Value < balance ? transaction.Value : balance), state, environment);
            }
            catch (RefusedCallException refusal)
            {
                return Skipped(path, $"call {index} uses {refusal.Message}", rejected, discarded);
            }

            if (result.Output.AsSpan().SequenceEqual(FoundryAddresses.Assume) || result.Output.AsSpan().StartsWith(FoundryAddresses.Skip))
            {
                discarded++;
                continue;
            }

            accepted++;
            counts.Add(result.Counts);
            if (targets is not null)
            {
                state.Apply(result.Changes);
                environment = result.Environment;
                Join(targets, result.Changes);
            }
        }

        return accepted > 0 ? new(path, EntryFate.Accepted, null, accepted, rejected, discarded, counts)
            : Skipped(path, discarded == 0 ? $"none of its {sequence.Count} calls reaches a target" : $"{discarded} calls were discarded, {rejected} reach no target", rejected, discarded);
    }

    private bool Takes(TargetSet? targets, EvmTransaction transaction)
    {
        uint? selector = AbiText.SelectorOf(transaction.Calldata.Span);
        return targets?.Takes(transaction.Target, selector) ?? (transaction.Target == FoundryAddresses.Harness && selector == _function);
    }

    private void Join(TargetSet targets, EvmState changes)
    {
        foreach ((EvmWord address, EvmAccount account) in changes.Accounts)
        {
            if (account.Code is { Bytes.Length: > 0 } code && !_harness.Made.ContainsKey(address) && _project.Find(code) is { } artifact)
            {
                targets.Join(address, artifact);
            }
        }
    }

    private static EvmEntryResult Skipped(string path, string reason, int rejected, int discarded) => new(path, EntryFate.Skipped, reason, 0, rejected, discarded, new());

    private static uint FunctionOf(ContractArtifact artifact, string name, string path)
    {
        AbiFunction[] found = [.. artifact.Functions.Where(function => function.Name == name || function.Signature == name)];
        return found switch
        {
            [{ } one] => one.Selector,
            [] => throw new ShowmapException($"{path}: {artifact.Name} has no function '{name}'; it has {string.Join(", ", artifact.Functions.Select(static function => function.Signature))}"),
            _ => throw new ShowmapException($"{path}: {artifact.Name} has several functions '{name}': {string.Join(", ", found.Select(static function => function.Signature))}; name one by its signature"),
        };
    }

    private void CheckFork(ContractArtifact artifact, string path)
    {
        EvmFork needed = artifact.EvmVersion switch
        {
            "osaka" => EvmFork.Osaka,
            "cancun" or "prague" => EvmFork.Cancun,
            _ => EvmFork.Shanghai,
        };
        if (_chain.Fork < needed)
        {
            throw new ShowmapException(
                $"{_node.Url}: the node runs by the rules of {_chain.Fork}; {path} is compiled for {artifact.EvmVersion ?? "an unknown hard fork"}, and {needed} or newer is needed (anvil --hardfork)");
        }
    }

    // Calls nest 1024 deep, each a few frames of this program.
    private static T OnDeepStack<T>(Func<T> work)
    {
        T result = default!;
        Exception? failure = null;
        Thread thread = new(
            () =>
            {
                try
                {
                    result = work();
                }
                catch (Exception thrown) when (thrown is not OutOfMemoryException)
                {
                    failure = thrown;
                }
            }, StackOfThread);
        thread.Start();
        thread.Join();
        return failure switch
        {
            null => result,
            ShowmapException known => throw new ShowmapException(known.Message, known),
            _ => throw failure,
        };
    }
}
