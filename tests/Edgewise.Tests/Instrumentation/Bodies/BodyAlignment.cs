using System.Reflection.Emit;
using System.Reflection.Metadata;
using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Instrumentation.Bodies;

/// <summary>
/// Walks an original and an instrumented body side by side, takes the probes and the stubs of split edges out of the latter,
/// and holds what is left against the former.
/// </summary>
/// <remarks>
/// The form that is expected: probes of a split fall-through edge, then the place that branches and regions refer to, then the probes of the block.
/// Before the first of a body's probes stand its inlining hints: <c>ldc.i4.0; brtrue.s</c> to the next instruction, which never jumps.
/// Behind a branch whose taken edge is split: <c>br L; S: probe; br T; …; L:</c>, where the branch leads to S and T is what it led to.
/// </remarks>
internal sealed class BodyAlignment(ProbeReader probes, SitePieceReader pieces, PointKind[] kinds)
{
    private readonly Dictionary<int, int> _indexOfOriginal = [];
    private readonly Dictionary<int, int> _stubTargets = [];
    private readonly List<Probe> _found = [];
    private int[] _positions = [];
    private int[] _matches = [];
    private List<Instruction> _original = [];
    private List<Instruction> _rewritten = [];
    private int _next;

    /// <summary>The probes of the last body, in its order.</summary>
    public IReadOnlyList<Probe> Found => _found;

    /// <summary>How many pieces of IL for sites the last body holds.</summary>
    public int Pieces { get; private set; }

    /// <summary>Compares two bodies.</summary>
    /// <exception cref="InvalidDataException">They differ in more than probes; the message says where.</exception>
    public void Compare(MethodBodyBlock original, MethodBodyBlock rewritten)
    {
        _original = Decode(original);
        _rewritten = Decode(rewritten);
        _found.Clear();
        _stubTargets.Clear();
        _indexOfOriginal.Clear();
        _positions = new int[_original.Count + 1];
        _matches = new int[_original.Count];
        Pieces = 0;
        _next = 0;
        for (int i = 0; i < _original.Count; i++)
        {
            _indexOfOriginal[_original[i].Offset] = i;
            TakeProbes(i);
            TakePieces();
            _matches[i] = _next;
            Match(_original[i]);
        }

        _indexOfOriginal[_original[^1].End] = _original.Count;
        TakeProbes(_original.Count);
        Require(_next == _rewritten.Count, $"something was added behind the body's end: {At(_next)}");
        CompareTargets();
        CompareRegions(original, rewritten);
        Require(rewritten.LocalVariablesInitialized == original.LocalVariablesInitialized, "InitLocals changed");
        Require(rewritten.MaxStack >= original.MaxStack, $"the stack shrank from {original.MaxStack} to {rewritten.MaxStack}");
    }

    private static List<Instruction> Decode(MethodBodyBlock body) => Disassembly.Of(body.GetILContent().AsSpan());

    private string At(int index) => index < _rewritten.Count ? _rewritten[index].ToString() : "the end";

    // Edge probes in front of the place, block probes behind it.
    private void TakeProbes(int originalIndex)
    {
        int position = PositionOf(_next);
        if (originalIndex == 0)
        {
            _next = 2 * (HintsOf(_rewritten) - HintsOf(_original));
        }

        bool inBlock = false;
        while (TakeProbe(out PointKind kind))
        {
            Require(kind != PointKind.Edge || !inBlock, $"the probe of an edge stands behind that of the block, before {At(_next)}");
            inBlock |= kind != PointKind.Edge;
            position = inBlock ? position : PositionOf(_next);
        }

        _positions[originalIndex] = position;
    }

    private void TakePieces()
    {
        while (_next < _rewritten.Count && pieces.EndOf(_rewritten, _next) is var end and >= 0)
        {
            Pieces++;
            _next = end;
        }
    }

    private static int HintsOf(List<Instruction> body)
    {
        int hints = 0;
        while ((2 * hints) + 1 < body.Count && body[2 * hints].OpCode == OpCodes.Ldc_I4_0
            && body[(2 * hints) + 1] is var branch && branch.OpCode == OpCodes.Brtrue_S && branch.Operand == branch.End)
        {
            hints++;
        }

        return hints;
    }

    private int PositionOf(int index) => index < _rewritten.Count ? _rewritten[index].Offset : _rewritten[^1].End;

    private bool TakeProbe(out PointKind kind)
    {
        kind = default;
        if (_next >= _rewritten.Count || probes.At(_rewritten, _next) is not { } probe)
        {
            return false;
        }

        Require((uint)probe.Point < (uint)kinds.Length, $"{At(_next)} is of point {probe.Point}, there are {kinds.Length}");
        kind = kinds[probe.Point];
        _found.Add(probe);
        _next = probe.Next;
        return true;
    }

    private void Match(Instruction original)
    {
        Require(_next < _rewritten.Count, $"the body ends where {original} is expected");
        Instruction rewritten = _rewritten[_next++];
        bool same = InstructionSet.Widen(rewritten.OpCode) == InstructionSet.Widen(original.OpCode)
            && (original.IsBranch || rewritten.Operand == original.Operand);
        Require(same, $"{original} became {rewritten}");
        if (original.IsConditional)
        {
            TakeStubs(rewritten);
        }
    }

    private void TakeStubs(Instruction branch)
    {
        int before = _next;
        int found = _found.Count;
        while (TakeProbe(out PointKind kind) && kind == PointKind.Edge)
        {
        }

        bool isSkip = _next + 1 < _rewritten.Count && _rewritten[_next].IsGoto && LeadsTo(branch, _rewritten[_next].End)
            && probes.At(_rewritten, _next + 1) is { } first && (uint)first.Point < (uint)kinds.Length && kinds[first.Point] == PointKind.Edge;
        if (!isSkip)
        {
            _next = before;
            _found.RemoveRange(found, _found.Count - found);
            return;
        }

        long end = _rewritten[_next++].Operand;
        while (PositionOf(_next) < end)
        {
            int start = PositionOf(_next);
            int count = _found.Count;
            while (TakeProbe(out PointKind kind))
            {
                Require(kind == PointKind.Edge, "a stub holds the probe of a block");
            }

            Require(_found.Count > count && _rewritten[_next].IsGoto, $"a stub is probe and br, not {At(_next)}");
            Require(LeadsTo(branch, start), $"nothing leads to the stub at IL_{start:x4}");
            _stubTargets[start] = (int)_rewritten[_next++].Operand;
        }

        Require(PositionOf(_next) == end, $"the stubs of {branch} do not end where they are skipped to");
    }

    private static bool LeadsTo(Instruction branch, int offset) => branch.Targets is { } targets ? targets.Contains(offset) : branch.Operand == offset;

    private void CompareTargets()
    {
        for (int i = 0; i < _original.Count; i++)
        {
            Instruction original = _original[i];
            if (!original.IsBranch && original.Targets is null)
            {
                continue;
            }

            Instruction rewritten = _rewritten[_matches[i]];
            if (original.Targets is null)
            {
                CompareTarget(original, (int)original.Operand, (int)rewritten.Operand);
                continue;
            }

            for (int arm = 0; arm < original.Targets.Length; arm++)
            {
                CompareTarget(original, original.Targets[arm], rewritten.Targets![arm]);
            }
        }
    }

    private void CompareTarget(Instruction branch, int original, int rewritten)
    {
        int reached = _stubTargets.GetValueOrDefault(rewritten, rewritten);
        Require(reached == Moved(original), $"{branch} leads to IL_{reached:x4}; IL_{original:x4} went to IL_{Moved(original):x4}");
    }

    private int Moved(int original) => _indexOfOriginal.TryGetValue(original, out int index)
        ? _positions[index]
        : throw new InvalidDataException($"IL_{original:x4} is no instruction of the original");

    private void CompareRegions(MethodBodyBlock original, MethodBodyBlock rewritten)
    {
        ReadOnlySpan<ExceptionRegion> before = original.ExceptionRegions.AsSpan();
        ReadOnlySpan<ExceptionRegion> after = rewritten.ExceptionRegions.AsSpan();
        Require(before.Length == after.Length, $"{before.Length} exception regions became {after.Length}");
        for (int i = 0; i < before.Length; i++)
        {
            ExceptionRegion a = before[i];
            ExceptionRegion b = after[i];
            bool same = a.Kind == b.Kind && a.CatchType == b.CatchType
                && b.TryOffset == Moved(a.TryOffset) && b.TryOffset + b.TryLength == Moved(a.TryOffset + a.TryLength)
                && b.HandlerOffset == Moved(a.HandlerOffset) && b.HandlerOffset + b.HandlerLength == Moved(a.HandlerOffset + a.HandlerLength)
                && (a.Kind != ExceptionRegionKind.Filter || b.FilterOffset == Moved(a.FilterOffset));
            Require(same, $"exception region {i} of the original at IL_{a.TryOffset:x4} covers other instructions");
        }
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidDataException(message);
        }
    }
}
