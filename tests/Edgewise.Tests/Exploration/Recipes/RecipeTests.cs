using Edgewise.Exploration.Randomness;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Tests.Exploration.Recipes;

public sealed class RecipeTests
{
    [Theory]
    [InlineData("")]
    [InlineData("0@0")]
    [InlineData("151@8836 -> 80@12")]
    [InlineData("0@1 -> 0@2 -> 9223372036854775807@18446744073709551615")]
    public void What_is_written_is_what_was_read(string text)
    {
        Assert.Equal(text, Recipe.Parse(text).ToString());
    }

    [Fact]
    public void Any_recipe_is_read_back_without_a_limit_to_its_length()
    {
        var random = new RandomSource(6);
        for (int length = 1; length < 3000; length = (length * 3) + 1)
        {
            var recipe = Recipe.Of([.. Enumerable.Range(0, length).Select(_ => new Reseed((long)(random.Next() >> random.Below(64) >> 1), random.Next()))]);

            Assert.Equal(recipe, Recipe.Parse(recipe.ToString()));
            Assert.Equal(recipe.GetHashCode(), Recipe.Parse(recipe.ToString()).GetHashCode());
        }
    }

    [Fact]
    public void Blanks_around_steps_are_allowed()
    {
        Assert.Equal("1@2 -> 3@4", Recipe.Parse("  1@2->  3@4 ").ToString());
    }

    [Theory]
    [InlineData("151", "step 1 at character 1, '151': expected count@seed")]
    [InlineData("1@2 -> x@4", "step 2 at character 7, 'x@4': expected a count of draws before '@'")]
    [InlineData("1@2 -> -3@4", "step 2 at character 7, '-3@4': expected a count of draws before '@'")]
    [InlineData("1@2 -> 3@", "step 2 at character 7, '3@': expected a seed behind '@'")]
    [InlineData("1@18446744073709551616", "step 1 at character 1, '1@18446744073709551616': expected a seed behind '@'")]
    [InlineData("1@2 -> ", "step 2 at character 7, '': expected count@seed")]
    [InlineData("1@2 3@4", "step 1 at character 1, '1@2 3@4': expected a seed behind '@'")]
    public void An_error_says_which_step_and_where_it_begins_and_what_was_expected(string text, string message)
    {
        FormatException error = Assert.Throws<FormatException>(() => Recipe.Parse(text));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mutated_recipes_are_read_or_refused_never_more()
    {
        var random = new RandomSource(8);
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            char[] text = "151@8836 -> 80@12 -> 0@7".ToCharArray();
            for (int change = random.Below(4); change >= 0; change--)
            {
                text[random.Below(text.Length)] = (char)random.Below(128);
            }

            try
            {
                Assert.NotNull(Recipe.Parse(new string(text)));
            }
            catch (FormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, 19_999);
    }

    [Fact]
    public void A_negative_count_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Recipe.Of(new Reseed(-1, 5)));
    }

    [Fact]
    public void Draws_before_a_segment_are_those_of_all_segments_before_it()
    {
        var recipe = Recipe.Parse("5@1 -> 0@2 -> 7@3");

        Assert.Equal([0L, 5L, 5L, 12L], Enumerable.Range(0, 4).Select(recipe.DrawsBefore));
    }
}
