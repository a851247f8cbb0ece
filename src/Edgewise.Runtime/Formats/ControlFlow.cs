using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Edgewise.Runtime.Formats;

/// <summary>The table that <c>control-flow</c> puts into an image: the blocks of each method, their successors and callees.</summary>
/// <remarks>
/// As <c>__sancov_cfs</c>, in words of 64 bits: PC of the block, PCs of its successors, 0, its callees, 0; the first block of a method is the method. PCs are
/// those of the point set. Callees are PCs of methods of the same module, <see cref="Indirect"/>, or <see cref="ElsewhereBase"/> and a token.
/// </remarks>
public static class ControlFlow
{
    /// <summary>A callee that is found at run time.</summary>
    public const long Indirect = -1;

    /// <summary>Upper half of a callee that has no IL in this module; the lower half is its MemberRef or MethodDef token.</summary>
    public const long ElsewhereBase = unchecked((long)0xFFFFFFFE_00000000);

    private const string FieldName = "Cfs";

    /// <summary>Reads the table of an instrumented image.</summary>
    /// <param name="image">The file.</param>
    /// <returns>A row a block; empty where the image has no table.</returns>
    /// <exception cref="CoverageFormatException">The table is damaged.</exception>
    /// <exception cref="BadImageFormatException">The file is no image.</exception>
    public static IReadOnlyList<ControlFlowBlock> Read(byte[] image)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var reader = new PEReader(new MemoryStream(image));
        MetadataReader metadata = reader.GetMetadataReader();
        foreach (FieldDefinitionHandle handle in metadata.FieldDefinitions)
        {
            FieldDefinition field = metadata.GetFieldDefinition(handle);
            if (metadata.StringComparer.Equals(field.Name, FieldName)
                && metadata.StringComparer.Equals(metadata.GetTypeDefinition(field.GetDeclaringType()).Name, Registration.HolderName))
            {
                BlobReader data = reader.GetSectionData(field.GetRelativeVirtualAddress()).GetReader();
                long count = data.RemainingBytes < sizeof(long) ? -1 : data.ReadInt64();
                return count < 0 || count > data.RemainingBytes / sizeof(long)
                    ? throw new CoverageFormatException($"control-flow table: {count} words, but {data.RemainingBytes} bytes are left in its section")
                    : Parse(ref data, (int)count);
            }
        }

        return [];
    }

    /// <summary>Reads the table that <c>CfsInit</c> is told.</summary>
    /// <param name="words">All words.</param>
    /// <exception cref="CoverageFormatException">A row is cut off.</exception>
    public static IReadOnlyList<ControlFlowBlock> Parse(ReadOnlySpan<ulong> words)
    {
        var blocks = new List<ControlFlowBlock>();
        while (!words.IsEmpty)
        {
            ulong pc = words[0];
            ReadOnlySpan<ulong> successors = Take(ref words, 1, pc), callees = Take(ref words, 0, pc);
            blocks.Add(new ControlFlowBlock((int)pc, [.. ToPcs(successors)], [.. ToCallees(callees)]));
        }

        return blocks;
    }

    private static List<ControlFlowBlock> Parse(ref BlobReader data, int count)
    {
        ulong[] words = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            words[i] = data.ReadUInt64();
        }

        return [.. Parse(words)];
    }

    private static ReadOnlySpan<ulong> Take(ref ReadOnlySpan<ulong> words, int skipped, ulong pc)
    {
        words = words[skipped..];
        int end = words.IndexOf(0ul);
        if (end < 0)
        {
            throw new CoverageFormatException($"control-flow table: the row of the block at 0x{pc:x} does not end");
        }

        ReadOnlySpan<ulong> taken = words[..end];
        words = words[(end + 1)..];
        return taken;
    }

    private static int[] ToPcs(ReadOnlySpan<ulong> words)
    {
        int[] pcs = new int[words.Length];
        for (int i = 0; i < pcs.Length; i++)
        {
            pcs[i] = (int)words[i];
        }

        return pcs;
    }

    private static long[] ToCallees(ReadOnlySpan<ulong> words)
    {
        long[] callees = new long[words.Length];
        for (int i = 0; i < callees.Length; i++)
        {
            callees[i] = (long)words[i];
        }

        return callees;
    }
}
