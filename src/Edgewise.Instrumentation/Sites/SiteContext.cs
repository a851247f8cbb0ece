using System.Reflection.Metadata;
using Edgewise.Instrumentation.Flow;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Passes;
using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation.Sites;

/// <summary>What passes work with in the body at hand: its code's shape, pieces of IL, temporaries and numbers of sites.</summary>
internal sealed class SiteContext(
    MethodBody body, BlockGraph graph, BodyInsertions insertions, LocalSignatures locals, SiteSet sites, HolderRows holder, SiteInserter inserter,
    RedirectPass? redirects = null)
{
    private readonly ByteBuffer _type = new();
    private ByteBuffer? _gated;
    private int _gate;

    /// <summary>The body.</summary>
    public MethodBody Body => body;

    /// <summary>Its blocks.</summary>
    public BlockGraph Graph => graph;

    /// <summary>Full types of operands.</summary>
    public TypeTable Types => inserter.Types;

    /// <summary>Metadata of the original module.</summary>
    public MetadataReader Metadata => inserter.Metadata;

    /// <summary>Tells of types of other assemblies, or null.</summary>
    public ReferencedTypes? Referenced => inserter.Referenced;

    /// <summary>Types behind tokens, as indexes of <see cref="Types"/>.</summary>
    public MemberTypes Members => inserter.Members;

    /// <summary>True if pieces are passed over while the module's gate is closed; those that take an instruction's place never are.</summary>
    public bool IsGated { get; set; }

    /// <summary>MethodDef token of the body's method.</summary>
    public int MethodToken { get; private set; }

    /// <summary>RVA of its first IL byte.</summary>
    public int CodeRva { get; private set; }

    /// <summary>True if another method is called at an instruction than the body says.</summary>
    public bool IsRedirected(int offset) => redirects?.IsRedirected(offset) ?? false;

    /// <summary>Makes ready for another body, of which nothing is inserted yet.</summary>
    public void Enter(int methodToken, int codeRva)
    {
        MethodToken = methodToken;
        CodeRva = codeRva;
    }

    /// <summary>Numbers a site.</summary>
    /// <param name="offset">IL offset of its instruction.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="width">Bytes of its values.</param>
    /// <param name="constants">Its constant, or cases.</param>
    /// <returns>Its number within the module.</returns>
    public int AddSite(int offset, SiteKind kind, int width, params ulong[] constants) =>
        sites.Add(new PointSite(CodeRva + offset, kind, width, constants));

    /// <summary>Begins a piece of IL in front of an instruction; see <see cref="BodyInsertions.Begin"/>.</summary>
    public ByteBuffer Begin(int offset, int replaced = 0)
    {
        ByteBuffer il = insertions.Begin(offset, replaced);
        _gated = IsGated && replaced == 0 ? il : null;
        _gate = _gated is null ? 0 : Gate.Open(il, holder.Field(HolderField.Gate));
        return il;
    }

    /// <summary>Ends the piece.</summary>
    /// <param name="stackDepth">How deep it pushes on top of what was there.</param>
    public void End(int stackDepth)
    {
        if (_gated is not null)
        {
            Gate.Close(_gated, _gate);
        }

        insertions.End(stackDepth);
    }

    /// <summary>Index of a temporary.</summary>
    /// <param name="elementType">Element type of ECMA-335 II.23.1.16.</param>
    /// <param name="ordinal">Which of those of that type.</param>
    public int Temporary(byte elementType, int ordinal) => locals.Variable([elementType], ordinal);

    /// <summary>Index of a temporary of any type.</summary>
    /// <param name="type">The type as in a signature.</param>
    /// <param name="ordinal">Which of those of that type.</param>
    public int Temporary(ReadOnlySpan<byte> type, int ordinal) => locals.Variable(type, ordinal);

    /// <summary>Index of a temporary that can hold an operand.</summary>
    /// <returns>False where no signature can name the operand's type.</returns>
    public bool TryTemporary(in StackValue value, int ordinal, out int variable)
    {
        _type.Clear();
        if (value.TypeIndex == 0 || !Types.TryEncode(value.TypeIndex, _type))
        {
            variable = -1;
            return false;
        }

        variable = locals.Variable(_type.AsSpan(), ordinal);
        return true;
    }

    /// <summary>What the type token of an instruction names, in <see cref="Types"/>.</summary>
    /// <returns>0 where the metadata is damaged.</returns>
    public int TypeOf(int token) => Find(token, inserter.Members.OfType);

    /// <summary>The type of the field that an instruction's token names, in <see cref="Types"/>.</summary>
    /// <returns>0 where the metadata is damaged.</returns>
    public int TypeOfField(int token) => Find(token, inserter.Members.OfField);

    /// <summary>Writes the type of an operand as in a signature.</summary>
    /// <returns>False where no signature can name it.</returns>
    public bool TryEncode(in StackValue value, out byte[] type)
    {
        _type.Clear();
        bool isKnown = value.TypeIndex != 0 && inserter.Types.TryEncode(value.TypeIndex, _type);
        type = isKnown ? _type.ToArray() : [];
        return isKnown;
    }

    /// <summary>Writes <c>ldsfld FirstSite; ldc.i4 site; add</c>: the site's process-wide number.</summary>
    public void LoadSite(ByteBuffer il, int site) => Emitter.Address(il, holder.Field(HolderField.FirstSite), site);

    /// <summary>Writes the address of a site's slot in the table of recent compares.</summary>
    public void LoadSlot(ByteBuffer il, int site) => Emitter.Address(il, holder.Field(HolderField.Compares), sites.SlotOf(site));

    /// <summary>Writes the address of a site's slot for a comparison of sequences.</summary>
    public void LoadSequenceSlot(ByteBuffer il, int site) => Emitter.Address(il, holder.Field(HolderField.Sequences), sites.SlotOf(site));

    /// <summary>Writes the address of a switch's description in LLVM's layout.</summary>
    public void LoadCases(ByteBuffer il, int site)
    {
        Emitter.Token(il, Opcode.Ldsflda, holder.Field(HolderField.Cases));
        int offset = sites.CasesOf(site);
        if (offset != 0)
        {
            Emitter.Constant(il, offset);
            il.WriteByte(Opcode.Add);
        }

        il.WriteByte(Opcode.ConvU);
    }

    // The analysis reads no types of what is only stored.
    private static int Find(int token, Func<int, int> find)
    {
        try
        {
            return find(token);
        }
        catch (BadImageFormatException)
        {
            return 0;
        }
    }
}
