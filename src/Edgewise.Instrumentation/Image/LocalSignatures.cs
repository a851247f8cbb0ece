using System.Reflection.Metadata.Ecma335;
using System.Runtime.InteropServices;
using Edgewise.Instrumentation.Il;

namespace Edgewise.Instrumentation.Image;

/// <summary>Local variables that passes add behind those of a method, and the signatures that declare them. Reused from one method to the next.</summary>
/// <remarks>
/// Signatures of equal methods with equal additions are one row (ECMA-335 II.22.36, II.23.2.6). The variables are written before they are read,
/// so it does not matter whether a method initialises its locals.
/// </remarks>
internal sealed class LocalSignatures(MetadataImage metadata)
{
    private const int StandAloneSigTable = 0x11000000;
    private const byte LocalSignature = 0x07;
    private const int MostVariables = ushort.MaxValue;

    private readonly Dictionary<(int Original, string Added), int> _tokens = [];
    private readonly List<string> _added = [];
    private int _reserved;
    private int _original;
    private int _originalCount;

    /// <summary>Makes ready for another method.</summary>
    /// <param name="original">Token of its signature, or 0.</param>
    public void Begin(int original)
    {
        _added.Clear();
        _reserved = -1;
        _original = original;
        _originalCount = -1;
    }

    /// <summary>Index of an added variable.</summary>
    /// <param name="type">Its type as in a signature.</param>
    /// <param name="ordinal">Which of the variables of that type: those of one piece of IL must differ, others may share.</param>
    /// <exception cref="BodyException">The method's own signature of locals is damaged, or there is no index left (ECMA-335 III.3.43).</exception>
    public int Variable(ReadOnlySpan<byte> type, int ordinal = 0)
    {
        if (_originalCount < 0)
        {
            _originalCount = CountOriginals(out _);
        }

        string text = Text(type);
        for (int i = 0; i < _added.Count; i++)
        {
            if (i != _reserved && _added[i] == text && ordinal-- == 0)
            {
                return _originalCount + i;
            }
        }

        for (; ordinal >= 0; ordinal--)
        {
            _added.Add(text);
        }

        return _originalCount + _added.Count <= MostVariables ? _originalCount + _added.Count - 1
            : throw new BodyException(BodyException.TooManyLocals, $"it has {_originalCount} local variables, and would need more than {MostVariables}");
    }

    /// <summary>Index of a variable that nobody else gets; one a method.</summary>
    /// <param name="elementType">Its element type.</param>
    /// <exception cref="BodyException">As above.</exception>
    public int Reserve(byte elementType)
    {
        if (_originalCount < 0)
        {
            _originalCount = CountOriginals(out _);
        }

        _reserved = _added.Count;
        _added.Add(OneByteTypes[elementType]);
        return _originalCount + _added.Count <= MostVariables ? _originalCount + _reserved
            : throw new BodyException(BodyException.TooManyLocals, $"it has {_originalCount} local variables, and would need more than {MostVariables}");
    }

    /// <summary>Token of the signature with the variables that were added, or of the original one where there are none.</summary>
    public int Token()
    {
        if (_added.Count == 0)
        {
            return _original;
        }

        (int, string) key = (_original, string.Concat(_added));
        if (!_tokens.TryGetValue(key, out int token))
        {
            token = StandAloneSigTable | metadata.AddRow(TableIndex.StandAloneSig, metadata.AddBlob(Signature()));
            _tokens.Add(key, token);
        }

        return token;
    }

    private static string Text(ReadOnlySpan<byte> type) => type.Length == 1 ? OneByteTypes[type[0]] : string.Create(type.Length, type, static (characters, bytes) =>
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            characters[i] = (char)bytes[i];
        }
    });

    private static readonly string[] OneByteTypes = [.. Enumerable.Range(0, 256).Select(code => ((char)code).ToString())];

    private byte[] Signature()
    {
        _ = CountOriginals(out ReadOnlySpan<byte> types);
        ByteBuffer signature = new();
        signature.WriteByte(LocalSignature);
        signature.WriteCompressedUInt32((uint)(_originalCount + _added.Count));
        signature.WriteBytes(types);
        foreach (char code in string.Concat(CollectionsMarshal.AsSpan(_added)))
        {
            signature.WriteByte((byte)code);
        }

        return signature.ToArray();
    }

    private int CountOriginals(out ReadOnlySpan<byte> types)
    {
        types = default;
        if (_original == 0)
        {
            return 0;
        }

        int row = _original & 0xFFFFFF;
        if ((_original & ~0xFFFFFF) != StandAloneSigTable || row == 0 || row > metadata.RowCount(TableIndex.StandAloneSig))
        {
            throw new BodyException(BodyException.Malformed, $"0x{_original:x8} is no signature of locals");
        }

        ReadOnlySpan<byte> blob = metadata.GetBlob(metadata.GetCell(TableIndex.StandAloneSig, row, 0));
        ByteCursor signature = new(blob, MetadataDiagnostics.Damaged, $"local signature 0x{_original:x8}");
        if (signature.UInt8() != LocalSignature)
        {
            throw new BodyException(BodyException.Malformed, $"0x{_original:x8} is no signature of locals");
        }

        int count = (int)signature.CompressedUInt32();
        types = blob[signature.Position..];
        return count;
    }
}
