using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Instrumentation.Comparisons;

/// <summary>Slots under threads: comparisons may be lost, and are never mixed.</summary>
public sealed unsafe class SequenceSlotTests : IDisposable
{
    private readonly byte* _slot = (byte*)NativeMemory.AllocZeroed(SequenceSlots.Size);

    [Fact]
    public void Both_sides_are_of_one_comparison_whatever_threads_do()
    {
        string[] texts = [.. Enumerable.Range(0, 3).Select(number => new string((char)('a' + number), (number * 20) + 5))];
        using CancellationTokenSource end = new();
        Thread[] writers = [.. texts.Select(text => new Thread(() =>
        {
            while (!end.IsCancellationRequested)
            {
                SequenceCompares.Strings(text, text + text, _slot, 0, 0);
            }
        }))];
        Array.ForEach(writers, writer => writer.Start());
        HashSet<string> seen = [];
        int wrong = 0;
        for (int i = 0; i < 20_000 || (seen.Count < 2 && i < 2_000_000); i++)
        {
            if (i % 1000 == 0)
            {
                SequenceSlots.Clear(_slot);
                Thread.Yield();
            }

            if (SequenceSlots.TryRead(_slot, out byte[] left, out int leftLength, out byte[] right, out int rightLength))
            {
                string text = Encoding.Unicode.GetString(left);
                string expected = (text + text)[..Math.Min(text.Length * 2, SequenceSlots.KeptBytes / sizeof(char))];
                wrong += texts.Contains(text) && leftLength == left.Length && rightLength == leftLength * 2 && Encoding.Unicode.GetString(right) == expected ? 0 : 1;
                seen.Add(text);
            }
        }

        end.Cancel();
        Array.ForEach(writers, writer => writer.Join());
        Assert.Equal(0, wrong);
        Assert.InRange(seen.Count, 2, texts.Length);
    }

    [Fact]
    public void A_million_comparisons_allocate_nothing()
    {
        Dictionary<string, int> table = new() { ["key"] = 1, ["other"] = 2 };
        Compare(table, 1000);

        Assert.Equal(0, AllocatedBytes.LeastOfFive(() => Compare(table, 1_000_000)));
    }

    [Fact]
    public void A_slot_that_was_emptied_holds_nothing_until_the_next_comparison()
    {
        SequenceCompares.Strings("a", "b", _slot, 0, 0);
        SequenceSlots.Clear(_slot);
        Assert.False(SequenceSlots.TryRead(_slot, out _, out _, out _, out _));

        SequenceCompares.Strings("c", "d", _slot, 0, 0);

        Assert.True(SequenceSlots.TryRead(_slot, out byte[] left, out _, out byte[] right, out _));
        Assert.Equal("cd", Encoding.Unicode.GetString([.. left, .. right]));
    }

    [Fact]
    public void Keys_of_a_table_that_threads_share_are_taken_seldom_and_follow_its_growth()
    {
        ConcurrentDictionary<string, int> table = [];
        HashSet<string> seen = [];
        void LookUp()
        {
            SequenceCompares.Key(table, "x", _slot, 0, 0);
            if (SequenceSlots.TryRead(_slot, out _, out _, out byte[] right, out _))
            {
                seen.Add(Encoding.Unicode.GetString(right));
            }
        }

        LookUp();
        Assert.Empty(seen);
        for (int i = 0; i < 40; i++)
        {
            table[$"key{i}"] = i;
        }

        for (int i = 0; i < 20 + (64 * 40); i++)
        {
            LookUp();
        }

        Assert.Equal(table.Keys.Order(), seen.Order());
        Assert.Equal(0, AllocatedBytes.LeastOfFive(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                SequenceCompares.Key(table, "x", _slot, 0, 0);
            }
        }));
    }

    [Fact]
    public void Every_key_of_a_table_gets_its_turn()
    {
        Dictionary<string, int> table = Enumerable.Range(0, 40).ToDictionary(number => $"key{number}");
        HashSet<string> seen = [];
        for (int i = 0; i < 64 * 40; i++)
        {
            SequenceCompares.Key(table, "x", _slot, 0, 0);
            Assert.True(SequenceSlots.TryRead(_slot, out _, out _, out byte[] right, out _));
            seen.Add(Encoding.Unicode.GetString(right));
        }

        Assert.Equal(table.Keys.Order(), seen.Order());
    }

    /// <inheritdoc/>
    public void Dispose() => NativeMemory.Free(_slot);

    private void Compare(Dictionary<string, int> table, int count)
    {
        for (int i = 0; i < count / 4; i++)
        {
            SequenceCompares.Strings("left", "right", _slot, 0, 0);
            SequenceCompares.Spans<byte>("left"u8, "right"u8, _slot, 0, 0);
            SequenceCompares.Key(table, "x", _slot, 0, 0);
            SequenceCompares.Format<DateTime>("x", "yyyy", _slot, 0, 0);
        }
    }
}
