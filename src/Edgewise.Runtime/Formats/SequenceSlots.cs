using System.Runtime.CompilerServices;

namespace Edgewise.Runtime.Formats;

/// <summary>Where each site of <see cref="SiteKind.SequenceCompare"/> keeps what it last compared, within the module's table of such slots.</summary>
/// <remarks>
/// Slots stand in the order of their sites. One is: a 32-bit state, the lengths of both sides in bytes, a 32-bit mark that is 1 where the slot holds a
/// comparison; then the kept bytes of the left side and of the right one. The state is odd while somebody writes, and grows by two with each
/// write (a sequence lock): a writer that finds it odd gives its comparison up, and a reader that finds it changed has read nothing. So both
/// sides are always of one comparison.
/// </remarks>
public static unsafe class SequenceSlots
{
    /// <summary>Bytes that are kept of each side: 64 characters, as libFuzzer keeps of a word.</summary>
    public const int KeptBytes = 64 * sizeof(char);

    /// <summary>Bytes of a slot.</summary>
    public const int Size = Left + (2 * KeptBytes);

    private const int LeftLength = 4;
    private const int RightLength = 8;
    private const int Mark = 12;
    private const int Left = 16;
    private const int Right = Left + KeptBytes;
    private const int Attempts = 64;

    /// <summary>How often a slot was written; any number may serve to take turns.</summary>
    internal static uint Turn(byte* slot) => *(uint*)slot >> 1;

    /// <summary>Puts a comparison into a slot, unless another thread does so at this moment.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="left">What is kept of the left side: at most <see cref="KeptBytes"/>.</param>
    /// <param name="leftLength">All of its bytes.</param>
    /// <param name="right">What is kept of the right side.</param>
    /// <param name="rightLength">All of its bytes.</param>
    internal static void Write(byte* slot, ReadOnlySpan<byte> left, int leftLength, ReadOnlySpan<byte> right, int rightLength)
    {
        if (TryEnter(slot, out int state))
        {
            *(int*)(slot + LeftLength) = leftLength;
            *(int*)(slot + RightLength) = rightLength;
            *(int*)(slot + Mark) = 1;
            left.CopyTo(new Span<byte>(slot + Left, KeptBytes));
            right.CopyTo(new Span<byte>(slot + Right, KeptBytes));
            Volatile.Write(ref *(int*)slot, state + 2);
        }
    }

    /// <summary>Empties a slot. A comparison that is being written at this moment stays: it came after.</summary>
    internal static void Clear(byte* slot)
    {
        if (TryEnter(slot, out int state))
        {
            *(int*)(slot + Mark) = 0;
            Volatile.Write(ref *(int*)slot, state + 2);
        }
    }

    /// <summary>Reads a slot while threads may write it.</summary>
    /// <returns>False where it is empty, or always being written.</returns>
    internal static bool TryRead(byte* slot, out byte[] left, out int leftLength, out byte[] right, out int rightLength)
    {
        Span<byte> copy = stackalloc byte[Size];
        left = right = [];
        leftLength = rightLength = 0;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            int state = Volatile.Read(ref *(int*)slot);
            new ReadOnlySpan<byte>(slot, Size).CopyTo(copy);
            Interlocked.MemoryBarrier();
            if ((state & 1) != 0 || Volatile.Read(ref *(int*)slot) != state)
            {
                Thread.SpinWait(attempt);
                continue;
            }

            if (Unsafe.ReadUnaligned<int>(ref copy[Mark]) == 0)
            {
                return false;
            }

            leftLength = Unsafe.ReadUnaligned<int>(ref copy[LeftLength]);
            rightLength = Unsafe.ReadUnaligned<int>(ref copy[RightLength]);
            left = copy.Slice(Left, Math.Min(leftLength, KeptBytes)).ToArray();
            right = copy.Slice(Right, Math.Min(rightLength, KeptBytes)).ToArray();
            return true;
        }

        return false;
    }

    private static bool TryEnter(byte* slot, out int state)
    {
        state = Volatile.Read(ref *(int*)slot);
        return (state & 1) == 0 && Interlocked.CompareExchange(ref *(int*)slot, state + 1, state) == state;
    }
}
