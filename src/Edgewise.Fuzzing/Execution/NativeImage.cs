using Edgewise.Fuzzing.Guidance;
using Edgewise.Native;
using Edgewise.Runtime.Formats;

namespace Edgewise.Fuzzing.Execution;

/// <summary>A target built by clang, in this process: what it counts is copied to where the engine looks, what it compares goes to the log.</summary>
internal sealed unsafe class NativeImage
{
    private readonly NativeTarget _target;
    private readonly NativeModule[] _modules;
    private readonly byte[] _counters;

    /// <summary>Takes a target.</summary>
    public NativeImage(NativeTarget target)
    {
        _target = target;
        // An object may have several arrays of the same points.
        _modules = [.. target.Coverage.Modules.GroupBy(module => module.Image).Select(group => group.OrderByDescending(module => module.Kind == NativeModuleKind.Counters).First())];
        _counters = GC.AllocateArray<byte>(Math.Max(1, _modules.Sum(module => module.PointCount)), pinned: true);
    }

    /// <summary>The image that only counts.</summary>
    public TargetImage Counting() => new(Run, () => _counters);

    /// <summary>The same, which also fills the log of compares.</summary>
    public TargetImage Comparing() => new(RunCompares, () => _counters);

    private void Run(ReadOnlySpan<byte> input)
    {
        _target.Reset();
        _ = _target.Run(input);
        int start = 0;
        foreach (NativeModule module in _modules)
        {
            _target.Coverage.Counters(module).CopyTo(_counters.AsSpan(start));
            start += module.PointCount;
        }
    }

    private void RunCompares(ReadOnlySpan<byte> input)
    {
        Run(input);
        foreach (NativeCompare compare in _target.Coverage.Compares(out _))
        {
            int site = SiteOf(compare.Place);
            switch (compare.Kind)
            {
                case SiteKind.Switch:
                    Switch(compare, site);
                    break;
                case SiteKind.Compare or SiteKind.ConstantCompare or SiteKind.Division:
                    Compare(compare, site);
                    break;
                default:
                    break;
            }
        }

        foreach (NativeSequence sequence in _target.Coverage.Sequences(out _))
        {
            fixed (byte* left = sequence.Left, right = sequence.Right)
            {
                CompareLog.TraceCompareBytes(left, sequence.Left.Length, right, sequence.Right.Length, SiteOf(sequence.Place));
            }
        }
    }

    private static void Compare(NativeCompare compare, int site)
    {
        bool isConstant = compare.Kind != SiteKind.Compare;
        ulong left = compare.Kind == SiteKind.Division ? 0 : compare.Left, right = compare.Kind == SiteKind.Division ? compare.Left : compare.Right;
        switch (compare.Width, isConstant)
        {
            case (sizeof(byte), _):
                CompareLog.TraceCmp1((byte)left, (byte)right, site);
                break;
            case (sizeof(ushort), _):
                CompareLog.TraceCmp2((ushort)left, (ushort)right, site);
                break;
            case (sizeof(uint), false):
                CompareLog.TraceCmp4((uint)left, (uint)right, site);
                break;
            case (sizeof(uint), true):
                CompareLog.TraceConstCmp4((uint)left, (uint)right, site);
                break;
            case (_, false):
                CompareLog.TraceCmp8(left, right, site);
                break;
            default:
                CompareLog.TraceConstCmp8(left, right, site);
                break;
        }
    }

    private static void Switch(NativeCompare compare, int site)
    {
        ulong[] cases = [(ulong)compare.Cases.Count, (ulong)compare.Width * 8, .. compare.Cases];
        fixed (ulong* first = cases)
        {
            CompareLog.TraceSwitch(compare.Left, first, site);
        }
    }

    private static int SiteOf(NativePlace place) => (int)((place.Pc ^ (place.Pc >> 16)) & 0x7FFF_FFFF);
}
