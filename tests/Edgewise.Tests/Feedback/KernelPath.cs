using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Edgewise.Feedback;
using Edgewise.Feedback.Kernels;

namespace Edgewise.Tests.Feedback;

/// <summary>
/// One way through the kernels: a single vector width with the scalar twin for what is left, the twin alone, or what the public calls take.
/// </summary>
internal abstract class KernelPath
{
    private static readonly KernelPath[] All =
    [
        new PublicPath(),
        new ScalarPath(),
        new VectorPath<Lanes128, Vector128<byte>>("Vector128", Lanes128.IsSupported, "SSSE3 or NEON"),
        new VectorPath<Lanes256, Vector256<byte>>("Vector256", Lanes256.IsSupported, "AVX2"),
        new VectorPath<Lanes512, Vector512<byte>>("Vector512", Lanes512.IsSupported, "AVX-512 BW"),
    ];

    private KernelPath(string name, bool isSupported, string needs)
    {
        Name = name;
        IsSupported = isSupported;
        Needs = needs;
    }

    public static TheoryData<string> Names => [.. All.Select(path => path.Name)];

    public static TheoryData<string, HistoryKind> NamesAndKinds
    {
        get
        {
            var data = new TheoryData<string, HistoryKind>();
            foreach (KernelPath path in All)
            {
                data.Add(path.Name, HistoryKind.ClassMask);
                data.Add(path.Name, HistoryKind.LargestClass);
            }

            return data;
        }
    }

    private string Name { get; }

    private bool IsSupported { get; }

    private string Needs { get; }

    /// <summary>The path of that name; skips the test where this machine cannot run it.</summary>
    public static KernelPath Get(string name)
    {
        KernelPath path = All.Single(candidate => candidate.Name == name);
        Assert.SkipUnless(path.IsSupported, $"{name} needs {path.Needs}");
        return path;
    }

    public abstract void Classify(ReadOnlySpan<byte> counters, Span<byte> classes);

    public abstract bool HasNovelty(ReadOnlySpan<byte> counters, ReadOnlySpan<byte> history, HistoryKind kind);

    public abstract Novelty Absorb(ReadOnlySpan<byte> counters, Span<byte> history, HistoryKind kind);

    private sealed class PublicPath() : KernelPath("public", true, "nothing")
    {
        public override void Classify(ReadOnlySpan<byte> counters, Span<byte> classes) => HitCountClasses.Classify(counters, classes);

        public override bool HasNovelty(ReadOnlySpan<byte> counters, ReadOnlySpan<byte> history, HistoryKind kind) =>
            History.HasNovelty(counters, history, kind);

        public override Novelty Absorb(ReadOnlySpan<byte> counters, Span<byte> history, HistoryKind kind) =>
            History.Absorb(counters, history, kind);
    }

    private sealed class ScalarPath() : KernelPath("scalar", true, "nothing")
    {
        public override void Classify(ReadOnlySpan<byte> counters, Span<byte> classes) =>
            ScalarKernel.Classify(ref Start(counters), ref Start(classes), (nuint)counters.Length);

        public override bool HasNovelty(ReadOnlySpan<byte> counters, ReadOnlySpan<byte> history, HistoryKind kind) =>
            kind == HistoryKind.ClassMask
                ? ScalarKernel.HasNovelty<ClassMaskRule>(ref Start(counters), ref Start(history), (nuint)counters.Length)
                : ScalarKernel.HasNovelty<LargestClassRule>(ref Start(counters), ref Start(history), (nuint)counters.Length);

        public override Novelty Absorb(ReadOnlySpan<byte> counters, Span<byte> history, HistoryKind kind) =>
            kind == HistoryKind.ClassMask
                ? ScalarKernel.Absorb<ClassMaskRule>(ref Start(counters), ref Start(history), (nuint)counters.Length)
                : ScalarKernel.Absorb<LargestClassRule>(ref Start(counters), ref Start(history), (nuint)counters.Length);
    }

    private sealed class VectorPath<TLanes, TVector>(string name, bool isSupported, string needs) : KernelPath(name, isSupported, needs)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        public override void Classify(ReadOnlySpan<byte> counters, Span<byte> classes)
        {
            nuint done = 0;
            ClassifyKernel<TLanes, TVector>.Run(ref Start(counters), ref Start(classes), (nuint)counters.Length, ref done);
            AssertWholeVectors(counters.Length, done);
            ScalarKernel.Classify(ref Start(counters[(int)done..]), ref Start(classes[(int)done..]), (nuint)counters.Length - done);
        }

        public override bool HasNovelty(ReadOnlySpan<byte> counters, ReadOnlySpan<byte> history, HistoryKind kind) =>
            kind == HistoryKind.ClassMask ? HasNovelty<ClassMaskRule>(counters, history) : HasNovelty<LargestClassRule>(counters, history);

        public override Novelty Absorb(ReadOnlySpan<byte> counters, Span<byte> history, HistoryKind kind) =>
            kind == HistoryKind.ClassMask ? Absorb<ClassMaskRule>(counters, history) : Absorb<LargestClassRule>(counters, history);

        private static bool HasNovelty<TRule>(ReadOnlySpan<byte> counters, ReadOnlySpan<byte> history)
            where TRule : struct, IHistoryRule
        {
            nuint done = 0;
            nuint length = (nuint)counters.Length;
            if (NoveltyKernel<TLanes, TVector, TRule>.HasNovelty(ref Start(counters), ref Start(history), length, ref done))
            {
                return true;
            }

            AssertWholeVectors(counters.Length, done);
            return ScalarKernel.HasNovelty<TRule>(ref Start(counters[(int)done..]), ref Start(history[(int)done..]), length - done);
        }

        private static Novelty Absorb<TRule>(ReadOnlySpan<byte> counters, Span<byte> history)
            where TRule : struct, IHistoryRule
        {
            nuint done = 0;
            nuint length = (nuint)counters.Length;
            Novelty whole = NoveltyKernel<TLanes, TVector, TRule>.Absorb(ref Start(counters), ref Start(history), length, ref done);
            AssertWholeVectors(counters.Length, done);
            return whole.Or(ScalarKernel.Absorb<TRule>(ref Start(counters[(int)done..]), ref Start(history[(int)done..]), length - done));
        }

        // Otherwise a kernel that leaves all work to the scalar twin would pass.
        private static void AssertWholeVectors(int length, nuint done) =>
            Assert.Equal(length - (length % Unsafe.SizeOf<TVector>()), (int)done);
    }

    private static ref byte Start(ReadOnlySpan<byte> span) => ref MemoryMarshal.GetReference(span);
}
