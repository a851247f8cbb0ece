using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Instrumentation.Bodies;

/// <summary>Holds an instrumented image against its original: the identity of every method, every body, and that probes and points are one to one.</summary>
internal sealed class ImageComparison : IDisposable
{
    // What the JIT inlines without being told to ends at 100 bytes of IL.
    private const int LargestBodyThatIsInlined = 100;

    private readonly PEReader _originalImage;
    private readonly PEReader _rewrittenImage;
    private readonly MetadataReader _original;
    private readonly MetadataReader _rewritten;
    private readonly InstrumentationResult _result;
    private readonly Dictionary<int, PointMethod> _methods;
    private readonly HashSet<int> _leftOut;
    private readonly Dictionary<int, int> _firstOfBody = [];
    private SitePieceReader? _pieces;
    private int _unreadable;

    /// <summary>Opens both images.</summary>
    public ImageComparison(byte[] original, InstrumentationResult result)
    {
        _originalImage = new PEReader(new MemoryStream(original));
        _rewrittenImage = new PEReader(new MemoryStream(result.Image));
        _original = _originalImage.GetMetadataReader();
        _rewritten = _rewrittenImage.GetMetadataReader();
        _result = result;
        _leftOut = [.. result.LeftOut.Select(method => method.Token)];
        _methods = result.Points.Methods.ToDictionary(method => method.Token);
    }

    /// <summary>Bodies compared.</summary>
    public int BodyCount { get; private set; }

    /// <summary>Probes found in all bodies.</summary>
    public int ProbeCount { get; private set; }

    /// <summary>Pieces of IL for sites found in all bodies.</summary>
    public int PieceCount { get; private set; }

    /// <summary>Every difference, with the method that has it; empty if the instrumented image is the original with probes.</summary>
    public List<string> Differences()
    {
        var differences = new List<string>();
        Dictionary<int, HolderPointer> pointers = HolderPointer.Of(_rewritten);
        HashSet<int> siteFields = [.. pointers.Where(pointer => pointer.Value.Feature is "Compares" or "FirstSite" or "Cases" or "Sequences").Select(pointer => pointer.Key)];
        var probes = new ProbeReader(pointers.Where(pointer => !siteFields.Contains(pointer.Key)).ToDictionary());
        _pieces = new SitePieceReader(siteFields, AddedMethods());
        var alignment = new BodyAlignment(probes, _pieces, _result.Points.Kinds);
        var seen = new Dictionary<(string Feature, int Point), int>();
        var bodies = new HashSet<int>();
        foreach (MethodDefinitionHandle handle in _original.MethodDefinitions)
        {
            MethodDefinition before = _original.GetMethodDefinition(handle);
            MethodDefinition after = _rewritten.GetMethodDefinition(handle);
            try
            {
                CompareIdentity(before, after);
                if (before.RelativeVirtualAddress != 0 && (before.ImplAttributes & MethodImplAttributes.CodeTypeMask) == MethodImplAttributes.IL)
                {
                    CompareBody(alignment, before, after, MetadataTokens.GetToken(handle), bodies, seen);
                }
            }
            catch (Exception exception) when (exception is InvalidDataException or BadImageFormatException or ArgumentOutOfRangeException)
            {
                if (NamesAddedField(before))
                {
                    _unreadable++;
                    continue;
                }

                differences.Add($"{NameOf(before)}: {exception.Message}");
            }
        }

        ProbeCount = seen.Count;
        int features = seen.Keys.Select(key => key.Feature).Distinct().Count();
        differences.AddRange(seen.Where(pair => pair.Value != 1).Select(pair => $"point {pair.Key.Point} has {pair.Value} probes of one feature"));
        if (_unreadable == 0 && seen.Count != features * _result.Points.PointCount)
        {
            differences.Add($"{_result.Points.PointCount} points, {features} features, {seen.Count} probes");
        }

        return differences;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _originalImage.Dispose();
        _rewrittenImage.Dispose();
    }

    private void CompareBody(
        BodyAlignment alignment, MethodDefinition before, MethodDefinition after, int token, HashSet<int> bodies, Dictionary<(string Feature, int Point), int> seen)
    {
        if (_leftOut.Contains(token))
        {
            CompareLeftOut(before, after);
            return;
        }

        if (ReadOriginal(before) is not { } original)
        {
            return;
        }

        MethodBodyBlock rewritten = _rewrittenImage.GetMethodBody(after.RelativeVirtualAddress);
        byte[] locals = _result.Points.Sites.Length == 0 ? [] : LocalsOf(_original, original);
        _pieces!.OriginalLocals = CountOf(locals);
        alignment.Compare(original, rewritten);
        CompareLocals(locals, original, rewritten, alignment.Pieces > 0);
        if ((after.ImplAttributes ^ before.ImplAttributes) == MethodImplAttributes.AggressiveInlining && original.GetILReader().Length > LargestBodyThatIsInlined)
        {
            throw new InvalidDataException("AggressiveInlining was set on a large body");
        }

        BodyCount++;
        if (!bodies.Add(after.RelativeVirtualAddress))
        {
            return;
        }

        PieceCount += alignment.Pieces;

        // Methods that shared a body may have copies of their own now; those have the points of the first.
        bool isFirst = _firstOfBody.TryAdd(before.RelativeVirtualAddress, token);
        bool isInstrumented = _methods.TryGetValue(_firstOfBody[before.RelativeVirtualAddress], out PointMethod method);
        foreach (Probe probe in alignment.Found)
        {
            if (!isInstrumented || probe.Point < method.FirstPoint || probe.Point >= method.FirstPoint + method.PointCount)
            {
                throw new InvalidDataException($"the probe of point {probe.Point} stands in a method that does not own it");
            }

            if (!isFirst)
            {
                continue;
            }

            seen[(probe.Feature, probe.Point)] = seen.GetValueOrDefault((probe.Feature, probe.Point)) + 1;
        }
    }

    private Dictionary<int, (int Parameters, bool Returns)> AddedMethods()
    {
        IEnumerable<(int Token, EntityHandle Method)> added = _rewritten.MemberReferences.Skip(_original.MemberReferences.Count)
            .Select(handle => (MetadataTokens.GetToken(handle), (EntityHandle)handle))
            .Concat(Enumerable.Range(_original.GetTableRowCount(TableIndex.MethodSpec) + 1, _rewritten.GetTableRowCount(TableIndex.MethodSpec) - _original.GetTableRowCount(TableIndex.MethodSpec))
                .Select(MetadataTokens.MethodSpecificationHandle)
                .Select(handle => (MetadataTokens.GetToken(handle), _rewritten.GetMethodSpecification(handle).Method)));
        return added.Where(method => method.Method.Kind == HandleKind.MemberReference)
            .Select(method => (method.Token, Signature: _rewritten.GetBlobBytes(_rewritten.GetMemberReference((MemberReferenceHandle)method.Method).Signature)))
            .Where(method => method.Signature.Length > 2).ToDictionary(method => method.Token, method => ShapeOf(method.Signature));
    }

    // ECMA-335 II.23.2.1: convention, number of type parameters where that says generic, number of parameters, type that is returned, where 1 is void.
    private static (int Parameters, bool Returns) ShapeOf(byte[] signature)
    {
        int first = (signature[0] & 0x10) != 0 ? 2 : 1;
        return (signature[first], signature[first + 1] != 1);
    }

    private static byte[] LocalsOf(MetadataReader reader, MethodBodyBlock body) =>
        body.LocalSignature.IsNil ? [] : reader.GetBlobBytes(reader.GetStandaloneSignature(body.LocalSignature).Signature);

    private static int CountOf(byte[] signature) => signature.Length == 0 ? 0 : Read(signature).Count;

    private static (int Count, byte[] Types) Read(byte[] signature)
    {
        // ECMA-335 II.23.2: a number below 0x80 is one byte, below 0x4000 two.
        int size = (signature[1] & 0x80) == 0 ? 1 : (signature[1] & 0x40) == 0 ? 2 : 4;
        int count = size == 1 ? signature[1] : size == 2 ? ((signature[1] & 0x3F) << 8) | signature[2] : throw new InvalidDataException("more local variables than any body has");
        return (count, signature[(1 + size)..]);
    }

    // Its variables come first and are what they were; only a body with pieces has others.
    private void CompareLocals(byte[] locals, MethodBodyBlock original, MethodBodyBlock rewritten, bool hasPieces)
    {
        if (!hasPieces)
        {
            if (rewritten.LocalSignature != original.LocalSignature)
            {
                throw new InvalidDataException("the local-variable signature changed");
            }

            return;
        }

        (int count, byte[] types) = Read(LocalsOf(_rewritten, rewritten));
        byte[] before = locals.Length == 0 ? [] : Read(locals).Types;
        if (count <= CountOf(locals) || !types.AsSpan().StartsWith(before))
        {
            throw new InvalidDataException("the local variables are not the original's with some appended");
        }
    }

    // Of a damaged image there may be bodies that the framework's reader does not accept; their probes cannot be counted.
    private MethodBodyBlock? ReadOriginal(MethodDefinition method)
    {
        try
        {
            return _originalImage.GetMethodBody(method.RelativeVirtualAddress);
        }
        catch (BadImageFormatException)
        {
            _unreadable++;
            return null;
        }
    }

    // A damaged body may name a field that the original does not have, and so one of the holder's.
    private bool NamesAddedField(MethodDefinition method)
    {
        int last = MetadataTokens.GetToken(MetadataTokens.FieldDefinitionHandle(_original.FieldDefinitions.Count));
        return method.RelativeVirtualAddress != 0 && ReadOriginal(method) is { } body
            && Disassembly.Of(body.GetILContent().AsSpan()).Exists(instruction => instruction.OpCode == OpCodes.Ldsfld && instruction.Operand > last && instruction.Operand >> 24 == 4);
    }

    // Its body stays where it was. It may be one that cannot be read; then a few bytes of it have to do. A damaged RVA may lead into the metadata, which moves.
    private void CompareLeftOut(MethodDefinition before, MethodDefinition after)
    {
        BodyCount++;
        PEMemoryBlock original = _originalImage.GetSectionData(before.RelativeVirtualAddress);
        PEMemoryBlock rewritten = _rewrittenImage.GetSectionData(after.RelativeVirtualAddress);
        int length = Math.Min(original.Length, 12);
        DirectoryEntry metadata = _originalImage.PEHeaders.CorHeader!.MetadataDirectory;
        bool isMetadata = (uint)(before.RelativeVirtualAddress - metadata.RelativeVirtualAddress) < (uint)metadata.Size;
        bool same = before.RelativeVirtualAddress == after.RelativeVirtualAddress && before.ImplAttributes == after.ImplAttributes
            && (isMetadata || original.GetContent(0, length).SequenceEqual(rewritten.GetContent(0, Math.Min(rewritten.Length, length))));
        if (!same)
        {
            throw new InvalidDataException("a method that was left out changed");
        }
    }

    private void CompareIdentity(MethodDefinition before, MethodDefinition after)
    {
        bool same = NameOf(before) == _rewritten.GetString(after.Name) + NameOf(_rewritten, after.GetDeclaringType())
            && before.Attributes == after.Attributes
            && _original.GetBlobReader(before.Signature).ReadBytes(_original.GetBlobReader(before.Signature).Length).AsSpan()
                .SequenceEqual(_rewritten.GetBlobReader(after.Signature).ReadBytes(_rewritten.GetBlobReader(after.Signature).Length));
        MethodImplAttributes changed = before.ImplAttributes ^ after.ImplAttributes;
        if (!same || (changed & ~MethodImplAttributes.AggressiveInlining) != 0)
        {
            throw new InvalidDataException("name, attributes or signature changed");
        }
    }

    private string NameOf(MethodDefinition method) => _original.GetString(method.Name) + NameOf(_original, method.GetDeclaringType());

    private static string NameOf(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        string name = $" of {reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
        return type.GetDeclaringType().IsNil ? name : name + NameOf(reader, type.GetDeclaringType());
    }
}
